import { checksumOfObject, headerOf } from './checksums.ts'
import { bucketOf, type Context } from './context.ts'
import { encryptionHeaders } from './encryption.ts'
import { type Headers, S3Error } from './message.ts'
import { asUtf8 } from './request.ts'
import type { Checksum, StoredBucket, StoredObject, StoredVersion } from './stored.ts'

/** Maps the lower-case name of each system metadata header to the name in Amazon S3's capitalization. */
const STORED: Readonly<Record<string, string>> = {
  'content-type': 'Content-Type',
  'cache-control': 'Cache-Control',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  'content-language': 'Content-Language',
  expires: 'Expires',
  'x-amz-storage-class': 'x-amz-storage-class',
  'x-amz-website-redirect-location': 'x-amz-website-redirect-location',
}

const META = 'x-amz-meta-'
const MAX_METADATA = 2048

const CLASSES =
  /^(STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|GLACIER_IR|EXPRESS_ONEZONE)$/

/**
 * Returns the system and user metadata in the request headers.
 * @throws S3Error 400 MetadataTooLarge, 400 InvalidStorageClass
 */
export function metadataIn(headers: Headers): Pick<StoredObject, 'headers' | 'metadata'> {
  const stored: Record<string, string> = { 'Content-Type': 'binary/octet-stream' }
  const metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const spelling = STORED[name]
    if (spelling && value !== '') stored[spelling] = value
    if (name.startsWith(META)) metadata[name.slice(META.length)] = asUtf8(value)
  }
  const bytes = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0)
  if (bytes > MAX_METADATA) {
    throw new S3Error(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size')
  }
  const { 'x-amz-storage-class': storageClass = 'STANDARD' } = stored
  if (!CLASSES.test(storageClass)) {
    throw new S3Error(400, 'InvalidStorageClass', 'The storage class you specified is not valid')
  }
  if (storageClass === 'STANDARD') delete stored['x-amz-storage-class']
  return { headers: stored, metadata }
}

/** Returns no headers if versioning has never been enabled for the bucket. */
export function versionHeaders({ versioning }: StoredBucket, { versionId }: Pick<StoredVersion, 'versionId'>): Headers {
  return versioning === 'never' ? {} : { 'x-amz-version-id': versionId }
}

export function checksumHeaders(checksum: Checksum | undefined): Headers {
  if (!checksum) return {}
  return { [headerOf(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type }
}

export function writtenHeaders(bucket: StoredBucket, object: StoredObject): Headers {
  return {
    ETag: object.etag,
    // Recorded responses show that, if versioning is suspended, Amazon S3 returns the version id `null` for copies and
    // reads, but no version id for other writes.
    ...(bucket.versioning === 'enabled' && versionHeaders(bucket, object)),
    ...encryptionHeaders(object.encryption),
    ...checksumHeaders(object.checksum),
  }
}

/** @throws S3Error 400 InvalidArgument for characters that are not valid in a header */
function latin1(value: string): string {
  if (!/[\u0100-\uffff]/.test(value)) return value
  throw new S3Error(400, 'InvalidArgument', 'Header value cannot be represented using ISO-8859-1.')
}

/**
 * Returns the response headers for reading an object, except Content-Length and Content-Range.
 * @param isWhole whether the entire object is read; if not, its checksum is omitted
 */
export function readHeaders(context: Context, object: StoredObject, isWhole: boolean): Headers {
  const { headers, query } = context.request
  const { metadata, tags, encryption, lastModified, etag, retainUntil } = object
  const hasChecksum = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && isWhole
  return {
    'Accept-Ranges': 'bytes',
    'Last-Modified': lastModified.toUTCString(),
    ETag: etag,
    ...versionHeaders(bucketOf(context), object),
    ...object.headers,
    ...Object.fromEntries(
      Object.entries(STORED).flatMap(([name, spelling]) => {
        const value = name.startsWith('x-amz-') ? undefined : query.get(`response-${name}`)
        return value === undefined ? [] : [[spelling, latin1(value)]]
      }),
    ),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${META}${name}`, value])),
    ...encryptionHeaders(encryption),
    ...(tags.length > 0 && { 'x-amz-tagging-count': String(tags.length) }),
    ...(retainUntil && {
      'x-amz-object-lock-mode': retainUntil.mode,
      'x-amz-object-lock-retain-until-date': retainUntil.until.toISOString(),
    }),
    ...(hasChecksum && checksumHeaders(checksumOfObject(object))),
  }
}
