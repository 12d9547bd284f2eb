import type { Signature } from '../rules/index.ts'
import { S3Error, type StoreRequest } from './message.ts'
import type { S3Request, Who } from './request.ts'
import { isPresigned2, verifyHeader2, verifyPresigned2 } from './signature-v2.ts'
import { isPresigned4, signedIn, verifyHeader4, verifyPresigned4 } from './signature-v4.ts'
import { pairsOf, type Signers, sha256 } from './signing.ts'

/**
 * Finds out who sends a request, and verifies its signature: that of a presigned URL always, one in the header
 * `Authorization` only with `verifySignatures`. A preflight is never signed.
 * @param sent as the transport has read it, without a body
 * @returns `signature` for what the rules have to know: a presigned URL, or Signature Version 2
 * @throws S3Error 403 SignatureDoesNotMatch, InvalidAccessKeyId, AccessDenied, RequestTimeTooSkewed;
 *   400 AuthorizationQueryParametersError, AuthorizationHeaderMalformed, InvalidArgument, InvalidRequest
 */
export function verifySignature(
  request: S3Request,
  sent: StoreRequest,
  options: Signers,
): { who: Who; signature?: Signature } {
  const who = whoIs(request.keyId, options)
  if (request.method === 'OPTIONS') return { who }
  const { authorization } = sent.headers
  const names = new Set(pairsOf(sent.url).map(([name]) => name))
  if (isPresigned4(names) || isPresigned2(names)) {
    if (authorization !== undefined) throw onlyOne(authorization)
    if (isPresigned4(names)) return { who, signature: verifyPresigned4(request, sent, options) }
    verifyPresigned2(request, sent, options)
    return { who, signature: { version: 2 } }
  }
  const isVersion2 = authorization?.startsWith('AWS ') ?? false
  if (options.verifySignatures && authorization !== undefined) {
    const signed = signedIn(sent)
    if (signed) verifyHeader4(signed, sent, options)
    else if (isVersion2) verifyHeader2(request, sent, options)
    else throw unsupported(authorization)
  }
  return { who, ...(isVersion2 && { signature: { version: 2 } }) }
}

function whoIs(keyId: string | undefined, { secondUser }: Signers): Who {
  if (keyId === undefined) return 'anonymous'
  return keyId === secondUser.accessKeyId ? 'second user' : 'owner'
}

function onlyOne(value: string): S3Error {
  const message =
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified'
  const elements = { ArgumentName: 'Authorization', ArgumentValue: value }
  return new S3Error(400, 'InvalidArgument', message, { elements })
}

function unsupported(value: string): S3Error {
  const elements = { ArgumentName: 'Authorization', ArgumentValue: value }
  return new S3Error(400, 'InvalidArgument', 'Unsupported Authorization Type', { elements })
}

/**
 * Compares the body with the hash in `x-amz-content-sha256`, which the signature covers. Without `verifySignatures`,
 * without a body, for a presigned URL and for a body that is not signed, or signed chunk by chunk, it does nothing.
 * @param sent with its body
 * @throws S3Error 400 XAmzContentSHA256Mismatch, InvalidArgument for a header that is not a hash
 */
export function verifyPayload(
  { headers, body }: StoreRequest,
  { verifySignatures }: Pick<Signers, 'verifySignatures'>,
) {
  const { authorization = '', 'x-amz-content-sha256': hash = 'UNSIGNED-PAYLOAD' } = headers
  if (!verifySignatures || !body || !authorization.startsWith('AWS4-')) return
  if (hash === 'UNSIGNED-PAYLOAD' || hash.startsWith('STREAMING-')) return
  if (!/^[\da-f]{64}$/i.test(hash)) {
    const message =
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.'
    const elements = { ArgumentName: 'x-amz-content-sha256', ArgumentValue: hash }
    throw new S3Error(400, 'InvalidArgument', message, { elements })
  }
  const computed = sha256(body)
  if (computed === hash.toLowerCase()) return
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
  const elements = { ClientComputedContentSHA256: hash, S3ComputedContentSHA256: computed }
  throw new S3Error(400, 'XAmzContentSHA256Mismatch', message, { elements })
}
