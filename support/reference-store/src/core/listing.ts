import { bucketOf, type Context } from './context.ts'
import type { StoreResponse } from './message.ts'
import { type Entry, keyOfToken, keysFrom, pageOf, readListing, respondPage, tokenOf } from './pages.ts'
import type { StoredBucket, StoredObject } from './stored.ts'
import { isoDate, OWNER } from './values.ts'

/**
 * Handles ListObjects and ListObjectsV2. ListObjects uses `marker` for paging, and returns `NextMarker` only if the
 * request has a delimiter. ListObjectsV2 uses `continuation-token`.
 * @throws S3Error 400 InvalidArgument
 */
export function listObjects(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { state, who, request } = context
  const { query } = request
  const listing = readListing(query, 'max-keys')
  const { encode, prefix, delimiter } = listing
  const isV2 = request.operation === 'ListObjectsV2'
  const token = isV2 ? query.get('continuation-token') : undefined
  const start = query.get(isV2 ? 'start-after' : 'marker') ?? ''
  const marker = token === undefined ? start : keyOfToken(token)
  const page = pageOf(currentIn(bucket, keysFrom(state.sortedKeys(bucket), prefix, marker)), listing, marker)
  const next = page.isTruncated ? page.last?.key : undefined
  const own = isV2
    ? {
        StartAfter: start === '' ? undefined : encode(start),
        ContinuationToken: token,
        NextContinuationToken: next === undefined ? undefined : tokenOf(next),
        KeyCount: page.entries.length + page.prefixes.length,
      }
    : { Marker: encode(marker), NextMarker: next === undefined || delimiter === '' ? undefined : encode(next) }
  const hasOwner = isV2 ? query.get('fetch-owner') === 'true' : who !== 'anonymous'
  const Contents = page.entries.map(({ key, item }) => ({
    Key: encode(key),
    LastModified: isoDate(item.lastModified),
    ...contentOfObject(item),
    Owner: hasOwner ? OWNER : undefined,
    StorageClass: storageClassOf(bucket, item),
  }))
  return respondPage(bucket, 'ListBucketResult', listing, page, own, { Contents })
}

function* currentIn({ keys: versions }: StoredBucket, keys: Iterable<string>): Generator<Entry<StoredObject>> {
  for (const key of keys) {
    const [item] = versions.get(key) ?? []
    if (item?.kind === 'object') yield { key, item }
  }
}

export function contentOfObject({ etag, checksum, size }: StoredObject) {
  return { ETag: etag, ChecksumAlgorithm: checksum?.algorithm, ChecksumType: checksum?.type, Size: size }
}

/**
 * Returns the storage class for a listing. A listing includes the class STANDARD, which the response headers of
 * GetObject and HeadObject omit.
 */
export function storageClassOf({ isDirectory }: StoredBucket, { headers }: Pick<StoredObject, 'headers'>): string {
  return headers['x-amz-storage-class'] ?? (isDirectory ? 'EXPRESS_ONEZONE' : 'STANDARD')
}
