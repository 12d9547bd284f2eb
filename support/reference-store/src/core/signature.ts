import type { Signature } from '../rules/index.ts'
import { S3Error, type StoreRequest } from './message.ts'
import { decoded, pairsOf, type S3Request, type Who } from './request.ts'
import { isPresigned2, verifyHeader2, verifyPresigned2 } from './signature-v2.ts'
import { isPresigned4, signedIn, verifyHeader4, verifyPresigned4 } from './signature-v4.ts'
import { type Signers, sha256 } from './signing.ts'
import { invalidArgument } from './values.ts'

/**
 * Identifies the sender of a request, and verifies the signature. A signature in a presigned URL is always verified. A
 * signature in the `Authorization` header is verified only if `verifySignatures` is true. A preflight request is never
 * signed.
 * @param sent the request without its body
 * @returns the sender; for a presigned URL or Signature Version 2, also the signature as input for the rules
 * @throws S3Error 403 SignatureDoesNotMatch, InvalidAccessKeyId, AccessDenied, RequestTimeTooSkewed; 400
 *   AuthorizationQueryParametersError, AuthorizationHeaderMalformed, InvalidArgument
 */
export function verifySignature(
  request: S3Request,
  sent: StoreRequest,
  options: Signers,
): { who: Who; signature?: Signature } {
  const who = senderOf(request.keyId, options)
  if (request.method === 'OPTIONS') return { who }
  const { authorization } = sent.headers
  const query = new Map(pairsOf(sent.url).map(([name, value]) => [name, decoded(value)]))
  if (authorization !== undefined && (isPresigned4(query) || isPresigned2(query))) {
    const message =
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified'
    throw invalidArgument(message, 'Authorization', authorization)
  }
  if (isPresigned4(query)) return { who, signature: verifyPresigned4(request, sent, query, options) }
  const isVersion2 = isPresigned2(query) || authorization?.startsWith('AWS ') === true
  if (isPresigned2(query)) verifyPresigned2(request, sent, query, options)
  else if (options.verifySignatures && authorization !== undefined) {
    const signed = signedIn(sent)
    if (signed) verifyHeader4(signed, sent, options)
    else if (isVersion2) verifyHeader2(request, sent, options)
    else throw invalidArgument('Unsupported Authorization Type', 'Authorization', authorization)
  }
  return { who, ...(isVersion2 && { signature: { version: 2 } }) }
}

function senderOf(keyId: string | undefined, { secondUser }: Signers): Who {
  if (keyId === undefined) return 'anonymous'
  return keyId === secondUser.accessKeyId ? 'second user' : 'owner'
}

/**
 * Verifies a body against the signed hash in `x-amz-content-sha256`. Skips the check if `verifySignatures` is false, if
 * the request has no body or no Version 4 `Authorization` header, or if the body is unsigned or signed in chunks.
 * @throws S3Error 400 XAmzContentSHA256Mismatch
 */
export function verifyPayload(
  { headers, body }: StoreRequest,
  { verifySignatures }: Pick<Signers, 'verifySignatures'>,
) {
  const { authorization = '', 'x-amz-content-sha256': hash = 'UNSIGNED-PAYLOAD' } = headers
  if (!verifySignatures || !body || !authorization.startsWith('AWS4-')) return
  if (hash === 'UNSIGNED-PAYLOAD' || hash.startsWith('STREAMING-')) return
  const computed = sha256(body)
  if (computed === hash.toLowerCase()) return
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
  const elements = { ClientComputedContentSHA256: hash, S3ComputedContentSHA256: computed }
  throw new S3Error(400, 'XAmzContentSHA256Mismatch', message, { elements })
}
