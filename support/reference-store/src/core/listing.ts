import { bucketOf, type Context } from './context.ts'
import type { StoreResponse } from './message.ts'
import { askedIn, type Entry, keyOfToken, keysFrom, pageOf, respondPage, tokenOf } from './pages.ts'
import type { StoredBucket, StoredObject } from './stored.ts'
import { isoDate, OWNER_ID } from './values.ts'

/**
 * ListObjects and ListObjectsV2. The first one pages by `marker`, with a `NextMarker` only beside a delimiter; the second
 * one by `continuation-token`.
 * @throws S3Error 404 NoSuchBucket; 400 InvalidArgument
 */
export function listObjects(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { state, who, request } = context
  const { query } = request
  const asked = askedIn(query, 'max-keys')
  const { encode, prefix, delimiter } = asked
  const isSecond = request.operation === 'ListObjectsV2'
  const token = isSecond ? query.get('continuation-token') : undefined
  const start = query.get(isSecond ? 'start-after' : 'marker') ?? ''
  const marker = token === undefined ? start : keyOfToken(token)
  const page = pageOf(currentIn(bucket, keysFrom(state.sortedKeys(bucket), prefix, marker)), asked, marker)
  const next = page.isTruncated ? page.last?.key : undefined
  const own = isSecond
    ? {
        StartAfter: start === '' ? undefined : encode(start),
        ContinuationToken: token,
        NextContinuationToken: next === undefined ? undefined : tokenOf(next),
        KeyCount: page.entries.length + page.prefixes.length,
      }
    : { Marker: encode(marker), NextMarker: next === undefined || delimiter === '' ? undefined : encode(next) }
  const hasOwner = isSecond ? query.get('fetch-owner') === 'true' : who !== 'anonymous'
  const Contents = page.entries.map(({ key, item }) => ({
    Key: encode(key),
    LastModified: isoDate(item.lastModified),
    ...contentOfObject(item),
    Owner: hasOwner ? { ID: OWNER_ID } : undefined,
    StorageClass: storageClassOf(bucket, item),
  }))
  return respondPage(bucket, 'ListBucketResult', asked, page, own, { Contents })
}

function* currentIn({ keys: versions }: StoredBucket, keys: Iterable<string>): Generator<Entry<StoredObject>> {
  for (const key of keys) {
    const [item] = versions.get(key) ?? []
    if (item?.kind === 'object') yield { key, item }
  }
}

/** What a listing says of the bytes of an object. */
export function contentOfObject({ etag, checksum, size }: StoredObject) {
  return { ETag: etag, ChecksumAlgorithm: checksum?.algorithm, ChecksumType: checksum?.type, Size: size }
}

/** The storage class as a listing has it, where STANDARD is said as well. */
export function storageClassOf({ isDirectory }: StoredBucket, { headers }: Pick<StoredObject, 'headers'>): string {
  return headers['x-amz-storage-class'] ?? (isDirectory ? 'EXPRESS_ONEZONE' : 'STANDARD')
}
