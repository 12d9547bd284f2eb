import { randomBytes } from 'node:crypto'
import { fullChecksum, md5Of, requestedAlgorithm, verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, decide } from './context.ts'
import { checkKey, encryptionHeaders, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { checksumHeaders } from './object-headers.ts'
import { respond, respondFailure, respondXml } from './respond.ts'
import { keyOf } from './state.ts'
import type { Checksum, StoredPart, StoredUpload } from './stored.ts'
import { invalidArgument, invalidRequest, sizeOf, wholeSecond } from './values.ts'
import { allHeaders, bodyOf, propertiesIn } from './write.ts'

export function createUpload(context: Context): StoreResponse {
  const { request, now } = context
  const { key = '', headers } = request
  const bucket = bucketOf(context)
  const decision = decide(context)
  if (decision.kind === 'failure') return respondFailure(decision.error)
  const algorithm = requestedAlgorithm(headers)
  const type = headers['x-amz-checksum-type']?.toUpperCase() as Checksum['type'] | undefined
  const upload: StoredUpload = {
    id: randomBytes(48).toString('base64url'),
    key,
    initiated: bucket.isDirectory ? wholeSecond(now) : now,
    object: propertiesIn(context, bucket),
    algorithm,
    checksumType: algorithm && (type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')),
    parts: new Map(),
    keyHeldObject: keyOf(bucket, key).current !== undefined,
    state: 'in progress',
    keyChangedSince: false,
  }
  bucket.uploads.set(upload.id, upload)
  const content = { Bucket: bucket.name, Key: key, UploadId: upload.id }
  return respondXml(200, 'InitiateMultipartUploadResult', content, {
    ...encryptionHeaders(upload.object.encryption),
    ...(algorithm && {
      'x-amz-checksum-algorithm': algorithm,
      'x-amz-checksum-type': upload.checksumType ?? '',
    }),
  })
}

export function uploadPart(context: Context): StoreResponse {
  const { request, sent, state } = context
  const named = uploadOf(context)
  const decision = decide(context, { upload: named })
  if (decision.kind === 'failure' && decision.effect === 'unchanged') return respondFailure(decision.error)
  // Only mutated rules allow UploadPart for an aborted upload.
  const upload = named?.state === 'aborted' ? named : requiredUpload(context)
  checkKey(upload.object.encryption, request.headers)
  const part = storedPart(context, upload, bodyOf(sent.body))
  if (decision.effect !== 'unchanged') state.storePart(upload, part)
  if (decision.kind === 'failure') return respondFailure(decision.error)
  return respond(200, {
    ETag: part.etag,
    ...encryptionHeaders(upload.object.encryption),
    ...checksumHeaders(part.checksum),
  })
}

export function abortUpload(context: Context): StoreResponse {
  const { request, state } = context
  const bucket = bucketOf(context)
  const upload = uploadOf(context)
  // An aborted upload can be aborted again (M27).
  if (!request.isConditional && upload?.state !== 'aborted') requiredUpload(context)
  const decision = decide(context, { upload })
  if (upload && decision.effect === 'upload aborted') state.endUpload(bucket, upload, 'aborted')
  return decision.kind === 'failure' ? respondFailure(decision.error) : respond(204)
}

/** Returns the upload with the id and the key in the request, whether it is in progress or has ended. */
export function uploadOf(context: Context): StoredUpload | undefined {
  const { request } = context
  const upload = bucketOf(context).uploads.get(request.query.get('uploadId') ?? '')
  return upload?.key === request.key ? upload : undefined
}

/** @throws S3Error 404 NoSuchUpload unless the upload is in progress */
export function requiredUpload(context: Context): StoredUpload {
  const upload = uploadOf(context)
  if (upload?.state === 'in progress') return upload
  throw new S3Error(404, 'NoSuchUpload', '', { elements: { UploadId: context.request.query.get('uploadId') ?? '' } })
}

const MAX_PARTS = 10_000

/**
 * Creates a part from a body, without adding it to the upload.
 * @throws S3Error 400 for an invalid part number or checksum
 */
export function storedPart(context: Context, upload: StoredUpload, body: Buffer[]): StoredPart {
  const { request, now } = context
  const text = request.query.get('partNumber') ?? ''
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > MAX_PARTS) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  }
  const isCopy = request.operation === 'UploadPartCopy'
  const { algorithm } = upload
  const checksum =
    (isCopy ? undefined : verifiedChecksum(allHeaders(context), body)) ?? (algorithm && fullChecksum(algorithm, body))
  if (algorithm && checksum && checksum.algorithm !== algorithm) {
    throw invalidRequest(
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
    )
  }
  return {
    number,
    size: sizeOf(body),
    etag: etagOf(bucketOf(context), upload.object.encryption, () => md5Of(body)),
    lastModified: wholeSecond(now),
    body,
    checksum,
  }
}
