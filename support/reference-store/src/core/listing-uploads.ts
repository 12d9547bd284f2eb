import { bucketOf, type Context } from './context.ts'
import { storageClassOf } from './listing.ts'
import type { StoreResponse } from './message.ts'
import { askedIn, commonPrefixes, type Entry, numberIn, pageOf } from './pages.ts'
import { respondXml } from './respond.ts'
import { compareKeys } from './state.ts'
import type { StoredBucket, StoredPart, StoredUpload } from './stored.ts'
import { requiredUpload } from './upload.ts'
import { invalidArgument, isoDate, OWNER_ID } from './values.ts'

const OWNER = { ID: OWNER_ID }
const INITIATOR = { ID: OWNER_ID, DisplayName: 'owner' }

/**
 * ListMultipartUploads: the uploads in progress by key, the first of a key first. As on Amazon S3 the markers of the next
 * page are those of the last upload of this one, and empty if it has common prefixes only.
 * @throws S3Error 404 NoSuchBucket; 400 InvalidArgument, also for the upload-id-marker of another key
 */
export function listMultipartUploads(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const asked = askedIn(query, 'max-uploads')
  const { encode } = asked
  const { Prefix, Delimiter, ...elements } = asked.elements
  const keyMarker = query.get('key-marker') ?? ''
  // Without a key-marker it is ignored.
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '')
  const page = pageOf(uploadsAfter(bucket, keyMarker, idMarker), asked, keyMarker)
  const next = page.entries.at(-1)
  const content = {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: encode(next?.key ?? ''),
    NextUploadIdMarker: next?.item.id ?? '',
    Delimiter,
    Prefix: Prefix === '' ? undefined : Prefix,
    MaxUploads: asked.max,
    ...elements,
    IsTruncated: page.isTruncated,
    Upload: page.entries.map(({ key, item }) => ({
      Key: encode(key),
      UploadId: item.id,
      Initiator: INITIATOR,
      Owner: OWNER,
      StorageClass: storageClassOf(bucket, item.object),
      Initiated: isoDate(item.initiated),
      ChecksumAlgorithm: item.algorithm,
      ChecksumType: item.checksumType,
    })),
    ...commonPrefixes(page, asked),
  }
  return respondXml(200, 'ListMultipartUploadsResult', content)
}

/** The uploads in progress after the markers, in order; uploads of the same time in the order of their creation. */
function uploadsAfter({ uploads }: StoredBucket, keyMarker: string, idMarker: string): Entry<StoredUpload>[] {
  const marker = uploads.get(idMarker)
  if (marker && marker.key !== keyMarker) throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
  const sorted = [...uploads.values()].sort(
    (a, b) => compareKeys(a.key, b.key) || a.initiated.getTime() - b.initiated.getTime(),
  )
  // One that has ended keeps its place, so that a client can abort page by page; one that is forgotten was first.
  const isFrom = ({ key }: StoredUpload) => compareKeys(key, keyMarker) >= (idMarker === '' ? 1 : 0)
  const rest = keyMarker === '' ? sorted : marker ? sorted.slice(sorted.indexOf(marker) + 1) : sorted.filter(isFrom)
  return rest.filter(({ state }) => state === 'in progress').map((item) => ({ key: item.key, item }))
}

/**
 * ListParts: the parts of an upload in progress by number.
 * @throws S3Error 404 NoSuchBucket or NoSuchUpload; 400 InvalidArgument
 */
export function listParts(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const upload = requiredUpload(context, bucket)
  const { encode, max, elements } = askedIn(query, 'max-parts')
  const marker = numberIn(query, 'part-number-marker', 0)
  const after = [...upload.parts.values()].filter(({ number }) => number > marker).sort((a, b) => a.number - b.number)
  const parts = after.slice(0, max)
  const content = {
    Bucket: bucket.name,
    Key: encode(upload.key),
    UploadId: upload.id,
    Initiator: INITIATOR,
    Owner: OWNER,
    StorageClass: storageClassOf(bucket, upload.object),
    PartNumberMarker: marker,
    NextPartNumberMarker: parts.at(-1)?.number ?? 0,
    MaxParts: max,
    EncodingType: elements.EncodingType,
    IsTruncated: max > 0 && after.length > max,
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.checksumType,
    Part: parts.map((part) => partOf(part, upload)),
  }
  return respondXml(200, 'ListPartsResult', content)
}

/** Amazon S3 tells the checksums of parts only if the upload was created with an algorithm. */
function partOf({ number, lastModified, etag, size, checksum }: StoredPart, { algorithm }: StoredUpload) {
  return {
    PartNumber: number,
    LastModified: isoDate(lastModified),
    ETag: etag,
    Size: size,
    ...(algorithm && checksum && { [`Checksum${checksum.algorithm}`]: checksum.value }),
  }
}
