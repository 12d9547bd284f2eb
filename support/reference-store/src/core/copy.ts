import { BEYOND_SOURCE, copyRangeIn } from '../rules/copy.ts'
import { noSuchVersion } from './addressed.ts'
import { checksumElements, fullChecksum, requestedAlgorithm } from './checksums.ts'
import { bucketOf, type Context, type Decision, decide } from './context.ts'
import { checkKey, encryptionHeaders } from './encryption.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { versionHeaders } from './object-headers.ts'
import { slice } from './read.ts'
import { sourceIn } from './request.ts'
import { respondFailure, respondXml, type Xml } from './respond.ts'
import { keyOf, objectAt } from './state.ts'
import type { Checksum, NewObject, StoredBucket, StoredObject } from './stored.ts'
import { requiredUpload, storedPart } from './upload.ts'
import { invalidArgument, invalidRequest, wholeSecond } from './values.ts'
import { carryOut, newObject } from './write.ts'

interface Source {
  readonly bucket: StoredBucket
  readonly key: string
  readonly object: StoredObject
  readonly isVersioned: boolean
}

export function copyObject(context: Context): StoreResponse {
  const { request, now } = context
  const bucket = bucketOf(context)
  const { decision, source } = decideCopy(context)
  if (!source) return respondFailure(decision.kind === 'failure' ? decision.error : { status: 404 })
  checkKey(source.object.encryption, request.headers, 'source')
  if (decision.kind === 'success') requireChange(context, source)
  return carryOut(context, decision, copied(context, bucket, source), (stored) =>
    respondXml(200, 'CopyObjectResult', resultOf(stored.etag, wholeSecond(now), stored.checksum), {
      ...versionHeaders(bucket, stored),
      ...sourceVersion(source),
      ...encryptionHeaders(stored.encryption),
    }),
  )
}

export function uploadPartCopy(context: Context): StoreResponse {
  const { request, state } = context
  const upload = requiredUpload(context)
  const { decision, source } = decideCopy(context)
  const range = request.headers['x-amz-copy-source-range']
  // `partOfSource` throws an error if the copy range extends beyond the end of the source.
  const isBeyond = decision.steps.includes(BEYOND_SOURCE)
  const failure = decision.kind === 'failure' && !isBeyond ? decision.error : undefined
  if (failure && decision.effect === 'unchanged') return respondFailure(failure)
  if (!source) throw new S3Error(404, 'NoSuchKey')
  checkKey(source.object.encryption, request.headers, 'source')
  const part = storedPart(context, upload, partOfSource(range, source.object))
  if (decision.effect !== 'unchanged') state.storePart(upload, part)
  if (failure) return respondFailure(failure)
  return respondXml(200, 'CopyPartResult', resultOf(part.etag, part.lastModified, part.checksum), {
    ...sourceVersion(source),
    ...encryptionHeaders(upload.object.encryption),
  })
}

/**
 * Decides the outcome of a copy. If the source does not exist, the copy fails with 404, even if the rules' outcome is
 * unknown. Failures due to invalid conditions, missing permissions or an injected conflict take precedence over this
 * 404 (D11).
 * @throws S3Error 404 if the source does not exist; 400 if its version id identifies a delete marker
 */
function decideCopy(context: Context): { decision: Decision; source?: Source } {
  const { request } = context
  const { bucket: name, key, versionId } = sourceIn(request.headers['x-amz-copy-source'] ?? '')
  const sourceBucket = context.state.buckets.get(name)
  const decision = decide(context, { source: keyOf(sourceBucket, key, versionId) }, { sourceVersionId: versionId })
  const isKnown = !decision.steps.some((step) => step.isGuess || step === BEYOND_SOURCE)
  const isFirst = decision.kind === 'failure' && isKnown && [403, 409, 501].includes(decision.error.status)
  if (isFirst) return { decision }
  const bucket = sourceBucket ?? bucketOf(context, name)
  const object = objectAt(bucket, key, versionId)
  const isVersioned = versionId !== undefined
  if (object?.kind === 'object') return { decision, source: { bucket, key, object, isVersioned } }
  if (!isVersioned) throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key } })
  if (!object) throw noSuchVersion(key, versionId)
  throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.')
}

/**
 * @throws S3Error 400 InvalidRequest if an object is copied to itself without changing its metadata, storage class,
 *   website redirect or encryption
 */
function requireChange({ request }: Context, { bucket, key, object, isVersioned }: Source): void {
  const { headers } = request
  const isSame = bucket.name === request.bucket && key === request.key && !isVersioned
  const changes =
    headers['x-amz-metadata-directive'] === 'REPLACE' ||
    Object.keys(headers).some((name) => /^x-amz-(storage-class|website-redirect|server-side-encryption)/.test(name)) ||
    object.encryption.kind === 'customer'
  if (!isSame || changes) return
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
}

function copied(context: Context, bucket: StoredBucket, { object }: Source): NewObject {
  const { headers } = context.request
  const algorithm = requestedAlgorithm(headers) ?? object.checksum?.algorithm
  // The source's retention is not copied.
  const own = newObject(context, bucket, object.body, algorithm && fullChecksum(algorithm, object.body))
  const { 'x-amz-storage-class': storageClass } = own.headers
  const { 'x-amz-storage-class': _, 'x-amz-website-redirect-location': __, ...kept } = object.headers
  return {
    ...own,
    ...(headers['x-amz-metadata-directive'] !== 'REPLACE' && {
      headers: { ...kept, ...(storageClass && { 'x-amz-storage-class': storageClass }) },
      metadata: object.metadata,
    }),
    ...(headers['x-amz-tagging-directive'] !== 'REPLACE' && { tags: object.tags }),
  }
}

function resultOf(etag: string, lastModified: Date, checksum?: Checksum): Xml {
  return { LastModified: lastModified.toISOString(), ETag: etag, ...checksumElements(checksum) }
}

function sourceVersion({ bucket, object }: Source): Headers {
  return bucket.versioning === 'never' ? {} : { 'x-amz-copy-source-version-id': object.versionId }
}

/** @throws S3Error 400 if the range is malformed or extends beyond the end of the source */
function partOfSource(header: string | undefined, { body, size }: StoredObject): Buffer[] {
  if (header === undefined) return [...body]
  const invalid = (message: string) => invalidArgument(message, 'x-amz-copy-source-range', header)
  const range = copyRangeIn(header)
  if (!range) {
    throw invalid(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    )
  }
  if (range.first >= size) throw invalidRequest('The specified copy range is invalid for the source object size')
  if (range.last >= size) throw invalid(`Range specified is not valid for source object of size: ${size}`)
  return slice(body, range)
}
