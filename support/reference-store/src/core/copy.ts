import type { Key } from '../rules/index.ts'
import { noSuchVersion } from './addressed.ts'
import { askedAlgorithm, checksumOf, md5Of } from './checksums.ts'
import { bucketOf, type Context, type Decision, decide, refuse } from './context.ts'
import { checkKey, encryptionHeaders, encryptionOf, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { metadataIn, versionHeaders } from './object-headers.ts'
import { rangeOf, slice } from './read.ts'
import { sourceIn } from './request.ts'
import { respondXml, type Xml } from './respond.ts'
import { retentionOf } from './retention.ts'
import { keyOf, objectAt } from './state.ts'
import type { Checksum, NewObject, StoredBucket, StoredObject } from './stored.ts'
import { parseTags } from './tags.ts'
import { requiredUpload, storedPart } from './upload.ts'
import { carryOut, requireKey, wholeSecond } from './write.ts'

interface Source {
  readonly bucket: StoredBucket
  readonly object: StoredObject
  readonly isVersioned: boolean
}

/** CopyObject. */
export function copyObject(context: Context): StoreResponse {
  const { request, state, now } = context
  const bucket = bucketOf(context)
  const key = requireKey(request.key)
  const { decision, source } = decideCopy(context)
  if (!source) return refuse(context, decision.kind === 'refused' ? decision.error : { status: 404 })
  checkKey(source.object.encryption, request.headers, 'source')
  if (decision.kind === 'accepted') refuseSameCopy(context, source)
  const object = copied(context, bucket, source)
  return carryOut(
    context,
    decision,
    object,
    () => state.write(bucket, key, object),
    (stored) =>
      respondXml(200, 'CopyObjectResult', resultOf(stored.etag, wholeSecond(now), stored.checksum), {
        ...versionHeaders(bucket, stored),
        ...sourceVersion(source),
        ...encryptionHeaders(stored.encryption),
      }),
  )
}

/** UploadPartCopy. */
export function uploadPartCopy(context: Context): StoreResponse {
  const { request, state } = context
  const bucket = bucketOf(context)
  const upload = requiredUpload(context, bucket)
  const { decision, source } = decideCopy(context)
  const isRefused =
    decision.kind === 'refused' && !isBeyond(request.headers['x-amz-copy-source-range'], source, decision)
  if (isRefused && decision.effect === 'unchanged') return refuse(context, decision.error)
  if (!source) throw new S3Error(404, 'NoSuchKey')
  checkKey(source.object.encryption, request.headers, 'source')
  const part = storedPart(
    context,
    bucket,
    upload,
    partOfSource(request.headers['x-amz-copy-source-range'], source.object),
  )
  if (decision.effect !== 'unchanged') state.storePart(upload, part)
  if (isRefused) return refuse(context, decision.error)
  return respondXml(200, 'CopyPartResult', resultOf(part.etag, part.lastModified, part.checksum), {
    ...sourceVersion(source),
    ...encryptionHeaders(upload.object.encryption),
  })
}

/**
 * Asks the rules about a copy. Values that S3 does not accept, and rights, come first (D11); a source that does not
 * exist comes before what is not known.
 * @throws S3Error 404 for a source that does not exist
 */
function decideCopy(context: Context): { decision: Decision; source?: Source } {
  const { request } = context
  const { bucket: name, key, versionId } = sourceIn(request.headers['x-amz-copy-source'] ?? '')
  const sourceBucket = context.state.buckets.get(name)
  const source: Key = keyOf(sourceBucket, key, versionId)
  const decision = decide(context, { source }, versionId === undefined ? {} : { sourceVersionId: versionId })
  const isKnown = !decision.steps.some(({ isGuess, says }) => isGuess || says === BEYOND)
  const isFirst = decision.kind === 'refused' && isKnown && [403, 409, 501].includes(decision.error.status)
  if (isFirst) return { decision }
  const bucket = sourceBucket ?? bucketOf(context, name)
  const found = objectAt(bucket, key, versionId)
  if (found?.kind === 'object')
    return { decision, source: { bucket, object: found, isVersioned: versionId !== undefined } }
  if (versionId !== undefined && !found) throw noSuchVersion(key, versionId)
  if (versionId !== undefined) {
    const message = 'The source of a copy request may not specifically refer to a delete marker by version id.'
    throw new S3Error(400, 'InvalidRequest', message)
  }
  throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key } })
}

/** A copy onto itself has to change something. */
function refuseSameCopy({ request }: Context, { bucket, object, isVersioned }: Source): void {
  const { headers } = request
  const source = sourceIn(headers['x-amz-copy-source'] ?? '')
  const isSame = bucket.name === request.bucket && source.key === request.key && !isVersioned
  const changes =
    headers['x-amz-metadata-directive'] === 'REPLACE' ||
    Object.keys(headers).some((name) => /^x-amz-(storage-class|website-redirect|server-side-encryption)/.test(name)) ||
    object.encryption.kind === 'customer'
  if (!isSame || changes) return
  const message =
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
  throw new S3Error(400, 'InvalidRequest', message)
}

function copied({ request, now }: Context, bucket: StoredBucket, { object }: Source): NewObject {
  const { headers } = request
  const retainUntil = retentionOf(bucket, headers, now)
  const { body, size } = object
  const encryption = encryptionOf(headers, bucket)
  const own = metadataIn(headers)
  const { 'x-amz-storage-class': storageClass } = own.headers
  const { 'x-amz-storage-class': _, 'x-amz-website-redirect-location': __, ...kept } = object.headers
  const metadata =
    headers['x-amz-metadata-directive'] === 'REPLACE'
      ? own
      : {
          headers: { ...kept, ...(storageClass && { 'x-amz-storage-class': storageClass }) },
          metadata: object.metadata,
        }
  const algorithm = askedAlgorithm(headers) ?? object.checksum?.algorithm
  return {
    ...metadata,
    ...{ body, size, encryption },
    etag: etagOf(bucket, encryption, () => md5Of(body)),
    lastModified: wholeSecond(now),
    ...(algorithm && { checksum: { algorithm, value: checksumOf(algorithm, body), type: 'FULL_OBJECT' as const } }),
    tags: headers['x-amz-tagging-directive'] === 'REPLACE' ? parseTags(headers['x-amz-tagging'] ?? '') : object.tags,
    annotations: new Map(),
    // That of the source is not copied.
    ...(retainUntil && { retainUntil }),
  }
}

function resultOf(etag: string, lastModified: Date, checksum?: Checksum): Xml {
  return {
    LastModified: lastModified.toISOString(),
    ETag: etag,
    ...(checksum && { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }),
  }
}

function sourceVersion({ bucket, object }: Source): Record<string, string> {
  return bucket.versioning === 'never' ? {} : { 'x-amz-copy-source-version-id': object.versionId }
}

/** What the rules say of a range beyond the end: they do not know the error, which S3 returns without a condition, too. */
const BEYOND = 'the range lies beyond the end of the source'

function isBeyond(range: string | undefined, source: Source | undefined, { steps }: Decision): boolean {
  return range !== undefined && source !== undefined && steps.some(({ says }) => says === BEYOND)
}

function partOfSource(range: string | undefined, { body, size }: StoredObject): Buffer[] {
  if (range === undefined) return [...body]
  const invalid = (message: string) =>
    new S3Error(400, 'InvalidArgument', message, {
      elements: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: range },
    })
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
  if (from === '' || Number(to) < Number(from)) {
    throw invalid(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    )
  }
  if (Number(from) >= size) {
    throw new S3Error(400, 'InvalidRequest', 'The specified copy range is invalid for the source object size')
  }
  if (Number(to) >= size) throw invalid(`Range specified is not valid for source object of size: ${size}`)
  const { first, last } = rangeOf(range, size)
  return slice(body, first, last + 1)
}
