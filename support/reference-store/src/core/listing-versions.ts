import type { Context } from './context.ts'
import { contentOfObject, storageClassOf } from './listing.ts'
import type { StoreResponse } from './message.ts'
import { type Entry, keysFrom, pageOf, readListing, respondPage } from './pages.ts'
import type { Xml } from './respond.ts'
import { generalBucket } from './settings.ts'
import type { StoredBucket, StoredVersion } from './stored.ts'
import { invalidArgument, isoDate, OWNER } from './values.ts'

interface Listed {
  readonly version: StoredVersion
  readonly isLatest: boolean
}

/**
 * Lists versions and delete markers, sorted by key, and for each key from newest to oldest.
 * @throws S3Error 400 InvalidArgument, for example if the request has a version-id-marker but no key-marker; 501 for a
 *   directory bucket
 */
export function listObjectVersions(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  const { state, request } = context
  const { query } = request
  const listing = readListing(query, 'max-keys')
  const { encode, prefix } = listing
  const keyMarker = query.get('key-marker') ?? ''
  const versionMarker = query.get('version-id-marker') ?? ''
  if (versionMarker !== '' && keyMarker === '') {
    const message = 'A version-id marker cannot be specified without a key marker.'
    throw invalidArgument(message, 'version-id-marker', versionMarker)
  }
  const keys = keysFrom(state.sortedKeys(bucket), prefix, keyMarker, versionMarker === '')
  const page = pageOf(listed(bucket, keys, keyMarker, versionMarker), listing, keyMarker)
  const next = page.isTruncated ? page.last : undefined
  const own = {
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker,
    NextKeyMarker: next && encode(next.key),
    NextVersionIdMarker: next?.item?.version.versionId,
  }
  const rows = page.entries.map(({ key, item }) => rowOf(bucket, encode(key), item))
  return respondPage(bucket, 'ListVersionsResult', listing, page, own, rows)
}

function* listed(
  bucket: StoredBucket,
  keys: Iterable<string>,
  keyMarker: string,
  versionMarker: string,
): Generator<Entry<Listed>> {
  for (const key of keys) {
    const versions = bucket.keys.get(key) ?? []
    // If the marker's version has been deleted, the page starts with the newest remaining version of the marker's key,
    // so that a client can empty a bucket page by page.
    const from = key === keyMarker ? versions.findIndex(({ versionId }) => versionId === versionMarker) + 1 : 0
    for (const version of versions.slice(from)) yield { key, item: { version, isLatest: version === versions[0] } }
  }
}

function rowOf(bucket: StoredBucket, Key: string, { version, isLatest }: Listed): Xml {
  const base = {
    Key,
    VersionId: version.versionId,
    IsLatest: isLatest,
    LastModified: isoDate(version.lastModified),
  }
  if (version.kind === 'delete marker') return { DeleteMarker: { ...base, Owner: OWNER } }
  const StorageClass = storageClassOf(bucket, version)
  return { Version: { ...base, ...contentOfObject(version), StorageClass, Owner: OWNER } }
}
