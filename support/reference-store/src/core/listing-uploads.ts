import { checksumElements } from './checksums.ts'
import { bucketOf, type Context } from './context.ts'
import { storageClassOf } from './listing.ts'
import type { StoreResponse } from './message.ts'
import { commonPrefixes, type Entry, numberIn, pageOf, readListing } from './pages.ts'
import { respondXml } from './respond.ts'
import { compareKeys } from './state.ts'
import type { StoredBucket, StoredUpload } from './stored.ts'
import { requiredUpload } from './upload.ts'
import { invalidArgument, isoDate, OWNER } from './values.ts'

const INITIATOR = { ...OWNER, DisplayName: 'owner' }

/**
 * Lists the uploads in progress, sorted by key, then by start time. As on Amazon S3, the markers for the next page
 * identify the last upload on the current page, and are empty if the page has only common prefixes.
 * @throws S3Error 400 InvalidArgument, for example if upload-id-marker identifies an upload to a key other than
 *   key-marker
 */
export function listMultipartUploads(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const listing = readListing(query, 'max-uploads')
  const { encode } = listing
  const { Prefix, Delimiter, ...elements } = listing.elements
  const keyMarker = query.get('key-marker') ?? ''
  // Without a key-marker, the upload-id-marker is ignored.
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '')
  const page = pageOf(uploadsAfter(bucket, keyMarker, idMarker), listing, keyMarker)
  const next = page.entries.at(-1)
  const content = {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: encode(next?.key ?? ''),
    NextUploadIdMarker: next?.item.id ?? '',
    Delimiter,
    Prefix: Prefix === '' ? undefined : Prefix,
    MaxUploads: listing.max,
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
    ...commonPrefixes(page, listing),
  }
  return respondXml(200, 'ListMultipartUploadsResult', content)
}

function uploadsAfter({ uploads }: StoredBucket, keyMarker: string, idMarker: string): Entry<StoredUpload>[] {
  const marker = uploads.get(idMarker)
  if (marker && marker.key !== keyMarker) throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
  const sorted = [...uploads.values()].sort(
    (a, b) => compareKeys(a.key, b.key) || a.initiated.getTime() - b.initiated.getTime(),
  )
  // The marker may identify an upload that has ended, because a client can list uploads and abort them page by page. If
  // the store no longer has a record of that upload, the listing continues with the first upload to the same key.
  const isFrom = ({ key }: StoredUpload) => compareKeys(key, keyMarker) >= (idMarker === '' ? 1 : 0)
  const rest = keyMarker === '' ? sorted : marker ? sorted.slice(sorted.indexOf(marker) + 1) : sorted.filter(isFrom)
  return rest.filter(({ state }) => state === 'in progress').map((item) => ({ key: item.key, item }))
}

/** @throws S3Error 404 NoSuchUpload; 400 InvalidArgument */
export function listParts(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const upload = requiredUpload(context)
  const { encode, max, elements } = readListing(query, 'max-parts')
  const marker = numberIn('part-number-marker', query.get('part-number-marker'), 0)
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
    Part: parts.map(({ number, lastModified, etag, size, checksum }) => ({
      PartNumber: number,
      LastModified: isoDate(lastModified),
      ETag: etag,
      Size: size,
      // Amazon S3 returns checksums only if the upload was created with a checksum algorithm.
      ...(upload.algorithm && checksumElements(checksum, false)),
    })),
  }
  return respondXml(200, 'ListPartsResult', content)
}
