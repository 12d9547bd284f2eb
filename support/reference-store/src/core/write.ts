import { md5Of, verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, type Decision, decide } from './context.ts'
import { encryptionOf, etagOf } from './encryption.ts'
import type { StoreResponse } from './message.ts'
import { metadataIn, writtenHeaders } from './object-headers.ts'
import { respond, respondFailure } from './respond.ts'
import { requireDigest, retentionOf } from './retention.ts'
import type { NewObject, Properties, StoredBucket, StoredObject } from './stored.ts'
import { parseTags } from './tags.ts'
import { sizeOf, wholeSecond } from './values.ts'

/** Returns the headers and trailers combined, because a checksum can be in either. */
export const allHeaders = ({ request, sent }: Pick<Context, 'request' | 'sent'>) => ({
  ...request.headers,
  ...sent.trailers,
})

export function putObject(context: Context): StoreResponse {
  const { request, sent, deletes } = context
  const bucket = bucketOf(context)
  const body = bodyOf(sent.body)
  const headers = allHeaders(context)
  const checksum = verifiedChecksum(headers, body)
  requireDigest(bucket, headers)
  const object = newObject(context, bucket, body, checksum)
  const deletedMeanwhile = deletes.has(bucket.name, request.key ?? '')
  const decision = decide(context, { deletedMeanwhile }, { body: { size: object.size } })
  return carryOut(context, decision, object, (stored) => respond(200, writtenHeaders(bucket, stored)))
}

/**
 * Stores an object under the request's key, unless the decision's effect is `unchanged`, and returns the response.
 * @param success creates the response from the stored object. If nothing was written, `success` is called with
 *   `object` and the version id `null`.
 */
export function carryOut(
  context: Context,
  decision: Decision,
  object: NewObject,
  success: (stored: StoredObject) => StoreResponse,
): StoreResponse {
  const { state, request } = context
  const stored: StoredObject =
    decision.effect === 'unchanged'
      ? { ...object, kind: 'object', versionId: 'null' }
      : state.write(bucketOf(context), request.key ?? '', object)
  return decision.kind === 'failure' ? respondFailure(decision.error) : success(stored)
}

export function bodyOf(body: Buffer | undefined): Buffer[] {
  return body && body.length > 0 ? [body] : []
}

/** @throws S3Error 400 for invalid headers; 501 for unsupported headers */
export function propertiesIn({ request: { headers }, now }: Context, bucket: StoredBucket): Properties {
  // A copy gets the tags of its source object unless x-amz-tagging-directive is REPLACE.
  const hasOwnTags = headers['x-amz-copy-source'] === undefined || headers['x-amz-tagging-directive'] === 'REPLACE'
  return {
    ...metadataIn(headers),
    encryption: encryptionOf(headers, bucket),
    tags: hasOwnTags ? parseTags(headers['x-amz-tagging']) : [],
    retainUntil: retentionOf(bucket, headers, now),
  }
}

export function newObject(
  context: Context,
  bucket: StoredBucket,
  body: readonly Buffer[],
  checksum?: StoredObject['checksum'],
): NewObject {
  const properties = propertiesIn(context, bucket)
  return {
    ...properties,
    etag: etagOf(bucket, properties.encryption, () => md5Of(body)),
    lastModified: wholeSecond(context.now),
    size: sizeOf(body),
    body,
    checksum,
    annotations: new Map(),
  }
}
