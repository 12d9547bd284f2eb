import { randomBytes } from 'node:crypto'
import { askedAlgorithm, checksumOf, md5Of, verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, decide, refuse } from './context.ts'
import { checkKey, encryptionHeaders, encryptionOf, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { checksumHeaders, metadataIn } from './object-headers.ts'
import { respond, respondXml } from './respond.ts'
import { retentionOf } from './retention.ts'
import { keyOf } from './state.ts'
import type { Checksum, StoredBucket, StoredPart, StoredUpload } from './stored.ts'
import { parseTags } from './tags.ts'
import { allHeaders, bodyOf, requireKey, sizeOf, wholeSecond } from './write.ts'

/** CreateMultipartUpload. */
export function createUpload(context: Context): StoreResponse {
  const { request, now } = context
  const { headers } = request
  const bucket = bucketOf(context)
  const key = requireKey(request.key)
  const decision = decide(context)
  if (decision.kind === 'refused') return refuse(context, decision.error)
  const algorithm = askedAlgorithm(headers)
  const retainUntil = retentionOf(bucket, headers, now)
  const type = headers['x-amz-checksum-type']?.toUpperCase() as Checksum['type'] | undefined
  const upload: StoredUpload = {
    id: randomBytes(48).toString('base64url'),
    key,
    initiated: bucket.isDirectory ? wholeSecond(now) : now,
    object: {
      ...metadataIn(headers),
      encryption: encryptionOf(headers, bucket),
      tags: parseTags(headers['x-amz-tagging'] ?? ''),
      ...(retainUntil && { retainUntil }),
    },
    ...(algorithm && { algorithm }),
    ...(algorithm && { checksumType: type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE') }),
    parts: new Map(),
    keyHeldObject: keyOf(bucket, key).current !== undefined,
    state: 'in progress',
    keyChangedSince: false,
  }
  bucket.uploads.set(upload.id, upload)
  return respondXml(
    200,
    'InitiateMultipartUploadResult',
    { Bucket: bucket.name, Key: key, UploadId: upload.id },
    {
      ...encryptionHeaders(upload.object.encryption),
      ...(upload.algorithm && {
        'x-amz-checksum-algorithm': upload.algorithm,
        'x-amz-checksum-type': upload.checksumType ?? '',
      }),
    },
  )
}

/** UploadPart. */
export function uploadPart(context: Context): StoreResponse {
  const { request, sent, state } = context
  const bucket = bucketOf(context)
  const there = uploadOf(context, bucket)
  const decision = decide(context, there ? { upload: there } : {})
  if (decision.kind === 'refused' && decision.effect === 'unchanged') return refuse(context, decision.error)
  // The rules have said what becomes of an aborted one.
  const upload = there?.state === 'aborted' ? there : requiredUpload(context, bucket)
  checkKey(upload.object.encryption, request.headers)
  const part = storedPart(context, bucket, upload, bodyOf(sent.body))
  if (decision.effect !== 'unchanged') state.storePart(upload, part)
  if (decision.kind === 'refused') return refuse(context, decision.error)
  return respond(200, {
    ETag: part.etag,
    ...encryptionHeaders(upload.object.encryption),
    ...(part.checksum && checksumHeaders({ checksum: part.checksum })),
  })
}

/** AbortMultipartUpload. */
export function abortUpload(context: Context): StoreResponse {
  const { request, state } = context
  const bucket = bucketOf(context)
  const upload = uploadOf(context, bucket)
  // One that was aborted before is aborted again (M27).
  if (!request.isConditional && upload?.state !== 'aborted') requiredUpload(context, bucket)
  const decision = decide(context, upload ? { upload } : {})
  if (upload && decision.effect === 'upload aborted') state.endUpload(bucket, upload, 'aborted')
  return decision.kind === 'refused' ? refuse(context, decision.error) : respond(204)
}

/** The upload that a request names, whatever has become of it: an id belongs to its key. */
export function uploadOf({ request }: Context, bucket: StoredBucket): StoredUpload | undefined {
  const upload = bucket.uploads.get(request.query.get('uploadId') ?? '')
  return upload?.key === request.key ? upload : undefined
}

/** @throws S3Error 404 NoSuchUpload for one that is not in progress */
export function requiredUpload(context: Context, bucket: StoredBucket): StoredUpload {
  const upload = uploadOf(context, bucket)
  if (upload?.state === 'in progress') return upload
  throw new S3Error(404, 'NoSuchUpload', '', { elements: { UploadId: context.request.query.get('uploadId') ?? '' } })
}

const MAX_PARTS = 10_000

/**
 * A part that a request makes of bytes.
 * @throws S3Error 400 for an invalid part number, or a checksum that is not that of the bytes
 */
export function storedPart(context: Context, bucket: StoredBucket, upload: StoredUpload, body: Buffer[]): StoredPart {
  const { request, now } = context
  const text = request.query.get('partNumber') ?? ''
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > MAX_PARTS) {
    const elements = { ArgumentName: 'partNumber', ArgumentValue: text }
    throw new S3Error(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
      elements,
    })
  }
  const isCopy = request.operation === 'UploadPartCopy'
  const { algorithm } = upload
  const checksum =
    (isCopy ? undefined : verifiedChecksum(allHeaders(context), body)) ??
    (algorithm && { algorithm, value: checksumOf(algorithm, body), type: 'FULL_OBJECT' as const })
  if (algorithm && checksum && checksum.algorithm !== algorithm) {
    const message = `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`
    throw new S3Error(400, 'InvalidRequest', message)
  }
  return {
    number,
    size: sizeOf(body),
    etag: etagOf(bucket, upload.object.encryption, () => md5Of(body)),
    lastModified: wholeSecond(now),
    body,
    ...(checksum && { checksum }),
  }
}
