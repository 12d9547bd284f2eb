import { checksumElements, checksumOfParts, elementOf, md5Of, sentChecksum } from './checksums.ts'
import { bucketOf, type Context, decide } from './context.ts'
import { encryptionHeaders, etagOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respondFailure, respondXml } from './respond.ts'
import {
  ALGORITHMS,
  type NewObject,
  type StoredBucket,
  type StoredObject,
  type StoredPart,
  type StoredUpload,
} from './stored.ts'
import { requiredUpload, uploadOf } from './upload.ts'
import { invalidRequest, sizeOf, wholeSecond } from './values.ts'
import { allHeaders, carryOut } from './write.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

const MIN_PART = 5 * 1024 * 1024

/** Returns the same response again if a successful CompleteMultipartUpload is repeated (M19). */
export function completeUpload(context: Context): StoreResponse {
  const { sent, state } = context
  const bucket = bucketOf(context)
  const listed = listedIn(readXml(sent.body, 'CompleteMultipartUpload'))
  const known = uploadOf(context)
  if (known?.completed && known.completed.listed === JSON.stringify(listed)) {
    const replayed = decide(context, { upload: known })
    return replayed.kind === 'failure' ? respondFailure(replayed.error) : resultOf(context, bucket, known.completed)
  }
  const upload = requiredUpload(context)
  const decision = decide(context, { upload })
  if (decision.kind === 'failure') {
    const { status } = decision.error
    if (status === 404 || status === 409 || status === 412) upload.failedWith = status
    if (decision.effect === 'upload aborted') state.endUpload(bucket, upload, 'aborted')
    if (decision.effect !== 'written') return respondFailure(decision.error)
  }
  const object = completed(context, bucket, upload, partsOf(upload, listed))
  // The bytes of the parts now belong to the object, and must not be counted twice.
  if (decision.effect !== 'unchanged') state.endUpload(bucket, upload, 'completed')
  return carryOut(context, decision, object, ({ versionId, etag, checksum }) => {
    upload.completed = { listed: JSON.stringify(listed), versionId, etag, checksum }
    return resultOf(context, bucket, upload.completed, upload)
  })
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
    return { number, etag: etag.trim().replaceAll('"', ''), checksum }
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
  const body = parts.flatMap((part) => part.body)
  const size = sizeOf(body)
  const declared = headers['x-amz-mp-object-size']
  if (declared !== undefined && Number(declared) !== size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${size}`,
    )
  }
  const sent = sentChecksum(headers)
  const wanted = algorithm ?? sent?.algorithm
  const checksum = wanted && checksumOfParts(wanted, checksumType ?? 'FULL_OBJECT', parts)
  if (sent && checksum && sent.value.replace(/-\d+$/, '') !== checksum.value.replace(/-\d+$/, '')) {
    const message = `The ${sent.algorithm.toLowerCase()} you specified did not match the calculated checksum.`
    throw new S3Error(400, 'BadDigest', message)
  }
  const md5OfParts = () => md5Of(parts.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex')))
  return {
    ...object,
    etag: etagOf(bucket, object.encryption, () => `${md5OfParts()}-${parts.length}`),
    // Amazon S3 sets Last-Modified to the time at which the upload was initiated (R61).
    lastModified: wholeSecond(upload.initiated),
    size,
    body,
    parts: [...parts],
    checksum,
    annotations: new Map(),
  }
}

function resultOf(
  { request: { host, key = '' } }: Context,
  bucket: StoredBucket,
  { versionId, etag, checksum }: Pick<StoredObject, 'versionId' | 'etag' | 'checksum'>,
  upload?: StoredUpload,
): StoreResponse {
  const path = key.split('/').map(encodeURIComponent).join('/')
  const place = host.startsWith(`${bucket.name}.`) ? host : `${host}/${bucket.name}`
  const content = {
    Location: `http://${place}/${path}`,
    Bucket: bucket.name,
    Key: key,
    ETag: etag,
    ...checksumElements(checksum),
  }
  return respondXml(200, 'CompleteMultipartUploadResult', content, {
    ...(versionId !== 'null' && { 'x-amz-version-id': versionId }),
    ...(upload && encryptionHeaders(upload.object.encryption)),
  })
}
