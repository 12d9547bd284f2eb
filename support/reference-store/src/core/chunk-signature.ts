import { createHash } from 'node:crypto'
import type { StoreRequest } from './message.ts'
import { type Signed, signedIn, signingKey } from './signature-v4.ts'
import { hmac, mismatch, type Signers, secretOf, sha256 } from './signing.ts'

/** Verifies the signed chunks of a body in the order received, because each signature covers the previous one. */
export interface ChunkVerifier {
  update(bytes: Buffer): void
  /**
   * Verifies the signature of the current chunk, then starts the next chunk. The last chunk is empty.
   * @throws S3Error 403 SignatureDoesNotMatch
   */
  endChunk(signature: string | undefined): void
  /**
   * Verifies the trailers after the last chunk.
   * @param lines the trailers in the order received, such as `x-amz-checksum-crc32:AAAAAA==`
   * @throws S3Error 403 SignatureDoesNotMatch
   */
  endTrailers(lines: readonly string[], signature: string | undefined): void
}

const SIGNED_CHUNKS = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/
const EMPTY = sha256('')

/**
 * Creates a verifier for chunks signed with `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` or
 * `STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER`.
 * @returns undefined if `verifySignatures` is false, or if the chunks are not signed
 * @throws S3Error 403 InvalidAccessKeyId, 400 AuthorizationHeaderMalformed
 */
export function newChunkVerifier(
  sent: StoreRequest,
  options: Pick<Signers, 'owner' | 'secondUser' | 'verifySignatures'>,
): ChunkVerifier | undefined {
  if (!options.verifySignatures || !SIGNED_CHUNKS.test(sent.headers['x-amz-content-sha256'] ?? '')) return undefined
  const signed = signedIn(sent)
  return signed && verifierOf(signed, secretOf(signed.keyId, options))
}

function verifierOf({ keyId, scope, time, signature }: Signed, secret: string): ChunkVerifier {
  const key = signingKey(secret, scope)
  let previous = signature
  let hash = createHash('sha256')
  const verify = (kind: string, provided: string, hashes: readonly string[]) => {
    const toSign = [`AWS4-HMAC-SHA256-${kind}`, time, scope, previous, ...hashes].join('\n')
    previous = hmac(key, toSign).toString('hex')
    if (provided !== previous) throw mismatch(keyId, provided, toSign)
  }
  return {
    update: (bytes) => void hash.update(bytes),
    endChunk(provided = '') {
      verify('PAYLOAD', provided, [EMPTY, hash.digest('hex')])
      hash = createHash('sha256')
    },
    endTrailers(lines, provided = '') {
      verify('TRAILER', provided, [sha256(lines.map((line) => `${line}\n`).join(''))])
    },
  }
}
