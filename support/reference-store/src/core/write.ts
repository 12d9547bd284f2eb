import { md5Of, verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, type Decision, decide, failWith } from './context.ts'
import { encryptionOf, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { metadataIn, writtenHeaders } from './object-headers.ts'
import { respond } from './respond.ts'
import { requireDigest, retentionOf } from './retention.ts'
import type { NewObject, StoredBucket, StoredObject } from './stored.ts'
import { parseTags } from './tags.ts'
import { wholeSecond } from './values.ts'

/** Returns the headers and trailers, because a checksum can be in either. */
export const allHeaders = ({ request, sent }: Pick<Context, 'request' | 'sent'>) => ({
  ...request.headers,
  ...sent.trailers,
})

export function putObject(context: Context): StoreResponse {
  const { request, sent, state, deletes } = context
  const bucket = bucketOf(context)
  const key = requireKey(request.key)
  const body = bodyOf(sent.body)
  const headers = allHeaders(context)
  const checksum = verifiedChecksum(headers, body)
  requireDigest(bucket, headers)
  const object = newObject(context, bucket, body, checksum)
  const decision = decide(context, { deletedMeanwhile: deletes.has(bucket.name, key) }, { body: { size: object.size } })
  const store = () => state.write(bucket, key, object)
  return carryOut(context, decision, object, store, (stored) => respond(200, writtenHeaders(bucket, stored)))
}

/**
 * Stores an object unless the decision has the effect `unchanged`, and responds.
 * @param object the object to describe in the response if nothing is stored
 */
export function carryOut(
  context: Context,
  decision: Decision,
  object: NewObject,
  store: () => StoredObject,
  success: (stored: StoredObject) => StoreResponse,
): StoreResponse {
  const isStored = decision.effect !== 'unchanged'
  const stored: StoredObject = isStored ? store() : { kind: 'object', versionId: 'null', ...object }
  return decision.kind === 'failure' ? failWith(context, decision.error) : success(stored)
}

/** @throws S3Error 400 KeyTooLongError for a key longer than 1,024 bytes */
export function requireKey(key = ''): string {
  const size = Buffer.byteLength(key)
  if (size <= 1024) return key
  throw new S3Error(400, 'KeyTooLongError', '', { elements: { Size: String(size), MaxSizeAllowed: '1024' } })
}

export function bodyOf(body: Buffer | undefined): Buffer[] {
  return body && body.length > 0 ? [body] : []
}

export function newObject(
  context: Context,
  bucket: StoredBucket,
  body: readonly Buffer[],
  checksum?: StoredObject['checksum'],
): NewObject {
  const { request, now } = context
  const { headers } = request
  const encryption = encryptionOf(headers, bucket)
  const retainUntil = retentionOf(bucket, headers, now)
  return {
    ...metadataIn(headers),
    etag: etagOf(bucket, encryption, () => md5Of(body)),
    lastModified: wholeSecond(now),
    size: sizeOf(body),
    body,
    encryption,
    ...(checksum && { checksum }),
    tags: parseTags(headers['x-amz-tagging'] ?? ''),
    annotations: new Map(),
    ...(retainUntil && { retainUntil }),
  }
}

export function sizeOf(body: readonly Buffer[]): number {
  return body.reduce((sum, { length }) => sum + length, 0)
}
