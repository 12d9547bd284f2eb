import { bucketOf, type Context } from './context.ts'
import type { StoreResponse } from './message.ts'
import { type Entry, encodingIn, keyOfToken, keysFrom, maxIn, type Page, pageOf, tokenOf } from './pages.ts'
import { respondXml } from './respond.ts'
import type { StoredBucket, StoredObject } from './stored.ts'
import { isoDate, OWNER_ID } from './values.ts'

const ROOT = 'ListBucketResult'

/**
 * ListObjects, the first version: pages by `marker`, and a `NextMarker` only beside a delimiter.
 * @throws S3Error 404 NoSuchBucket; 400 InvalidArgument
 */
export function listObjects(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const { encode, EncodingType } = encodingIn(query)
  const marker = query.get('marker') ?? ''
  const { page, prefix, delimiter, max } = currentPage(context, bucket, marker)
  const isOwnerKnown = context.who !== 'anonymous'
  const content = {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(marker),
    NextMarker: page.isTruncated && delimiter !== '' && page.last ? encode(page.last.key) : undefined,
    MaxKeys: max,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType,
    IsTruncated: page.isTruncated,
    ...rowsOf(bucket, page, encode, isOwnerKnown),
  }
  return respondXml(200, ROOT, content, { 'x-amz-bucket-region': bucket.region })
}

/**
 * ListObjectsV2: pages by `continuation-token`.
 * @throws S3Error 404 NoSuchBucket; 400 InvalidArgument
 */
export function listObjectsV2(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { query } = context.request
  const { encode, EncodingType } = encodingIn(query)
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after') ?? ''
  const { page, prefix, delimiter, max } = currentPage(
    context,
    bucket,
    token === undefined ? startAfter : keyOfToken(token),
  )
  const content = {
    Name: bucket.name,
    Prefix: encode(prefix),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: page.isTruncated && page.last ? tokenOf(page.last.key) : undefined,
    KeyCount: page.entries.length + page.prefixes.length,
    MaxKeys: max,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType,
    IsTruncated: page.isTruncated,
    ...rowsOf(bucket, page, encode, query.get('fetch-owner') === 'true'),
  }
  return respondXml(200, ROOT, content, { 'x-amz-bucket-region': bucket.region })
}

/** A page of the current objects. */
function currentPage({ state, request: { query } }: Context, bucket: StoredBucket, marker: string) {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const max = maxIn(query, 'max-keys')
  function* current(): Generator<Entry<StoredObject>> {
    for (const key of keysFrom(state.sortedKeys(bucket), prefix, marker)) {
      const [item] = bucket.keys.get(key) ?? []
      if (item?.kind === 'object') yield { key, item }
    }
  }
  return { prefix, delimiter, max, page: pageOf(current(), { prefix, delimiter, max, marker }) }
}

/** The rows of a page: objects, then common prefixes. */
function rowsOf(
  bucket: StoredBucket,
  { entries, prefixes }: Page<StoredObject>,
  encode: (text: string) => string,
  hasOwner: boolean,
) {
  const Contents = entries.map(({ key, item }) => ({
    Key: encode(key),
    LastModified: isoDate(item.lastModified),
    ...contentOfObject(item),
    Owner: hasOwner ? { ID: OWNER_ID } : undefined,
    StorageClass: storageClassOf(bucket, item),
  }))
  return { Contents, CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) }
}

/** What a listing says of the bytes of an object. */
export function contentOfObject({ etag, checksum, size }: StoredObject) {
  return { ETag: etag, ChecksumAlgorithm: checksum?.algorithm, ChecksumType: checksum?.type, Size: size }
}

/** The storage class as a listing has it, where STANDARD is said as well. */
export function storageClassOf({ isDirectory }: StoredBucket, { headers }: Pick<StoredObject, 'headers'>): string {
  return headers['x-amz-storage-class'] ?? (isDirectory ? 'EXPRESS_ONEZONE' : 'STANDARD')
}
