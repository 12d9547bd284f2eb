import { createHash } from 'node:crypto'
import { checksumOfParts, elementOf, sentChecksum } from './checksums.ts'
import { bucketOf, type Context, decide, refuse } from './context.ts'
import { encryptionHeaders, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respondXml } from './respond.ts'
import {
  ALGORITHMS,
  type Checksum,
  type NewObject,
  type StoredBucket,
  type StoredPart,
  type StoredUpload,
} from './stored.ts'
import { uploadOf } from './upload.ts'
import { allHeaders, carryOut, wholeSecond } from './write.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

const MIN_PART = 5 * 1024 * 1024

/** CompleteMultipartUpload; one that was completed before returns the same response again (M19). */
export function completeUpload(context: Context): StoreResponse {
  const { sent, state, request } = context
  const bucket = bucketOf(context)
  const listed = listedIn(readXml(sent.body, 'CompleteMultipartUpload'))
  const upload = uploadOf(context, bucket)
  if (upload?.completed && upload.completed.listed === JSON.stringify(listed)) {
    const replayed = decide(context, { upload })
    if (replayed.kind === 'refused') return refuse(context, replayed.error)
    return resultOf(context, bucket, upload.completed)
  }
  if (upload?.state !== 'in progress') {
    throw new S3Error(404, 'NoSuchUpload', '', { elements: { UploadId: request.query.get('uploadId') ?? '' } })
  }
  const decision = decide(context, { upload })
  if (decision.kind === 'refused') {
    const { status } = decision.error
    if (status === 404 || status === 409 || status === 412) upload.refusedWith = status
    if (decision.effect === 'upload aborted') state.endUpload(bucket, upload, 'aborted')
    if (decision.effect !== 'written') return refuse(context, decision.error)
  }
  const object = completed(context, bucket, upload, partsOf(upload, listed))
  return carryOut(
    context,
    decision,
    object,
    () => {
      // The parts belong to the object from now on.
      state.endUpload(bucket, upload, 'completed')
      return state.write(bucket, upload.key, object)
    },
    ({ versionId, etag, checksum }) => {
      upload.completed = { listed: JSON.stringify(listed), versionId, etag, ...(checksum && { checksum }) }
      return resultOf(context, bucket, upload.completed, upload)
    },
  )
}

interface Listed {
  readonly number: number
  readonly etag: string
  readonly checksum?: string
}

/** @throws S3Error 400 MalformedXML, 400 InvalidPartOrder */
function listedIn(xml: XmlElement): Listed[] {
  const listed = allOf(xml, 'Part').map((part) => {
    const number = Number(textOf(part, 'PartNumber') ?? Number.NaN)
    const etag = textOf(part, 'ETag')
    if (!Number.isInteger(number) || etag === undefined) throw malformed()
    const algorithm = ALGORITHMS.find((one) => textOf(part, elementOf(one)) !== undefined)
    const checksum = algorithm && textOf(part, elementOf(algorithm))
    return { number, etag: etag.trim().replaceAll('"', ''), ...(checksum !== undefined && { checksum }) }
  })
  if (listed.length === 0) throw malformed()
  if (listed.some(({ number }, n) => n > 0 && number <= (listed[n - 1]?.number ?? 0))) {
    throw new S3Error(400, 'InvalidPartOrder')
  }
  return listed
}

/** @throws S3Error 400 InvalidPart, 400 EntityTooSmall */
function partsOf(upload: StoredUpload, listed: readonly Listed[]): StoredPart[] {
  return listed.map(({ number, etag, checksum }, n) => {
    const part = upload.parts.get(number)
    if (!part || part.etag !== `"${etag}"` || (checksum !== undefined && checksum !== part.checksum?.value)) {
      const elements = { UploadId: upload.id, PartNumber: String(number), ETag: etag }
      throw new S3Error(400, 'InvalidPart', '', { elements })
    }
    if (n < listed.length - 1 && part.size < MIN_PART) {
      const sizes = { ProposedSize: String(part.size), MinSizeAllowed: String(MIN_PART) }
      throw new S3Error(400, 'EntityTooSmall', '', { elements: { ETag: etag, ...sizes, PartNumber: String(number) } })
    }
    return part
  })
}

function completed(
  context: Context,
  bucket: StoredBucket,
  upload: StoredUpload,
  parts: readonly StoredPart[],
): NewObject {
  const { object, algorithm, checksumType } = upload
  const headers = allHeaders(context)
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const declared = headers['x-amz-mp-object-size']
  if (declared !== undefined && Number(declared) !== size) {
    throw new S3Error(
      400,
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${size}`,
    )
  }
  const sent = sentChecksum(headers)
  const asked = algorithm ?? sent?.algorithm
  const checksum = asked && checksumOfParts(asked, checksumType ?? 'FULL_OBJECT', parts)
  if (sent && checksum && sent.value.replace(/-\d+$/, '') !== checksum.value.replace(/-\d+$/, '')) {
    throw new S3Error(
      400,
      'BadDigest',
      `The ${sent.algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
    )
  }
  return {
    ...object,
    etag: etagOf(bucket, object.encryption, () => `${md5OfParts(parts)}-${parts.length}`),
    // As Amazon S3 has it: when the upload was initiated (R61).
    lastModified: wholeSecond(upload.initiated),
    size,
    body: parts.flatMap(({ body }) => body),
    parts: [...parts],
    ...(checksum && { checksum }),
    annotations: new Map(),
  }
}

/** The MD5 of the MD5s of the parts. */
function md5OfParts(parts: readonly StoredPart[]): string {
  const hash = createHash('md5')
  for (const { etag } of parts) hash.update(Buffer.from(etag.slice(1, -1), 'hex'))
  return hash.digest('hex')
}

function resultOf(
  { request }: Context,
  bucket: StoredBucket,
  { versionId, etag, checksum }: { versionId: string; etag: string; checksum?: Checksum },
  upload?: StoredUpload,
): StoreResponse {
  const { host, key = '' } = request
  const path = key.split('/').map(encodeURIComponent).join('/')
  const place = host.startsWith(`${bucket.name}.`) ? host : `${host}/${bucket.name}`
  return respondXml(
    200,
    'CompleteMultipartUploadResult',
    {
      Location: `http://${place}/${path}`,
      Bucket: bucket.name,
      Key: key,
      ETag: etag,
      ...(checksum && { [elementOf(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type }),
    },
    {
      ...(versionId !== 'null' && { 'x-amz-version-id': versionId }),
      ...(upload && encryptionHeaders(upload.object.encryption)),
    },
  )
}
