import type { Operation } from 's3-reference-store/rules'
import type { Tamper } from '../../wire/tampering-proxy'
import { type Mutant, mutants, type Rules } from './mutant'
import {
  after,
  allOf,
  failing,
  hasVersionId,
  ignoring,
  ignoringInEntries,
  noSuchKey,
  type Predicate,
  reads,
  type Scope,
  withHeader,
} from './overrides'

// Mutants about versions. Most specs about versions are in the folders of their operations.

const put = 'PutObject'
const inVersionedBucket = (scope: Scope) => allOf(scope, (_, { bucket }) => bucket.versioning !== 'never')
const createsDeleteMarker: Predicate = ({ operation, versionId }) =>
  operation === 'DeleteObject' && versionId === undefined
const hasDeleteMarker: Predicate = (_, { key }) => key.deleteMarker !== undefined
const afterDeleteMarker = () => after(createsDeleteMarker)
const afterVersionDelete = () => after(allOf('DeleteObject', hasVersionId))

const FOLDERS = {
  PutObject: 'write',
  CopyObject: 'copy-destination',
  CompleteMultipartUpload: 'complete-multipart-upload',
} as const

const ifNoneMatch = (Object.keys(FOLDERS) as (keyof typeof FOLDERS)[]).flatMap((operation) =>
  mutants(FOLDERS[operation], {
    'if-none-match-never-overwrites': {
      [`${operation} with If-None-Match: * fails when the current version is an object`]: {
        'it adds a version': ignoring(inVersionedBucket(operation), 'ifNoneMatch'),
      },
      [`${operation} with If-None-Match: * succeeds when the current version is a delete marker`]: {
        'it fails': failing(allOf(withHeader(operation, 'ifNoneMatch'), hasDeleteMarker), 'If-None-Match'),
      },
    },
  }),
)

const comparesCurrentVersion = (operation: Operation): Rules => ({
  [`${operation} with If-Match fails for the ETag of a noncurrent version`]: {
    'it accepts the ETag of any version': ignoring(inVersionedBucket(operation), 'ifMatch'),
  },
  [`${operation} with If-Match succeeds for the ETag of the current version`]: {
    'it compares the first version': failing(inVersionedBucket(withHeader(operation, 'ifMatch')), 'If-Match'),
  },
})

const failsForDeleteMarker = (operation: Operation): Rules => ({
  [`${operation} with If-Match fails with 404 when the current version is a delete marker`]: {
    'it compares the version before the delete marker': ignoring(allOf(operation, hasDeleteMarker), 'ifMatch'),
  },
})

const ifMatch = [
  ...(['PutObject', 'CopyObject'] as const).flatMap((operation) =>
    mutants(FOLDERS[operation], {
      'if-match-compares-only-the-current-version': comparesCurrentVersion(operation),
      'if-match-fails-with-404-when-the-key-has-no-object': failsForDeleteMarker(operation),
    }),
  ),
  ...mutants('complete-multipart-upload', {
    'if-match-compares-only-the-current-version': comparesCurrentVersion('CompleteMultipartUpload'),
  }),
  ...mutants('delete', {
    'if-match-creates-a-delete-marker-in-a-versioned-bucket': comparesCurrentVersion('DeleteObject'),
    'if-match-fails-with-404-when-a-delete-marker-is-current': failsForDeleteMarker('DeleteObject'),
    'deleteobjects-deletes-an-object-only-for-its-current-etag': {
      'DeleteObjects fails for the ETag of a noncurrent version': {
        'it accepts the ETag of any version': ignoringInEntries('etag', inVersionedBucket('DeleteObjects')),
      },
    },
  }),
]

export const versioning: readonly Mutant[] = [
  ...ifNoneMatch,
  ...ifMatch,
  ...mutants('write', {
    'a-noncurrent-delete-marker-does-not-affect-conditions': {
      'PutObject with If-None-Match: * fails despite a noncurrent delete marker': {
        'it succeeds': ignoring(allOf(put, afterDeleteMarker()), 'ifNoneMatch'),
      },
      'PutObject with If-Match succeeds despite a noncurrent delete marker': {
        'it fails with 404': failing(allOf(withHeader(put, 'ifMatch'), afterDeleteMarker()), noSuchKey),
      },
    },
  }),
  ...mutants('read', {
    'a-read-compares-only-the-current-version': {
      'A read with If-Match compares only the current version': {
        'it accepts the ETag of any version': ignoring(reads, 'ifMatch'),
      },
      'A read with If-None-Match compares only the current version': {
        'it compares every version': failing(withHeader(reads, 'ifNoneMatch'), { status: 304 }),
      },
    },
  }),
  ...mutants('versioning', {
    'deleting-a-version-makes-the-previous-one-current': {
      'A request with If-Match fails for the ETag of a deleted version': {
        'it succeeds': ignoring(afterVersionDelete(), 'ifMatch'),
      },
      'PutObject with If-Match succeeds for the ETag of the version before a deleted version': {
        'it fails with 404': failing(allOf(withHeader(put, 'ifMatch'), afterVersionDelete()), noSuchKey),
      },
    },
    'removing-a-delete-marker-restores-the-object': {
      'PutObject with If-None-Match: * fails after the delete marker has been removed': {
        'it succeeds': ignoring(allOf(put, afterVersionDelete()), 'ifNoneMatch'),
      },
      'A read with If-None-Match succeeds after the delete marker has been removed': {
        'it fails with 404': failing(allOf(withHeader(reads, 'ifNoneMatch'), afterVersionDelete()), noSuchKey),
      },
    },
    'a-suspended-bucket-replaces-the-null-version': {
      'PutObject replaces the null version when versioning is suspended': {
        'PutBucketVersioning does not suspend versioning': ignoringSuspension(),
      },
    },
    'a-null-version-is-compared-like-any-other': {
      'A read compares the ETag of a null version': ignoring(reads, 'ifMatch', 'ifNoneMatch'),
      'CopyObject compares the ETag of a null version': ignoring('CopyObject', 'copySourceIfMatch'),
    },
  }),
]

/** Returns 200 for the second PutBucketVersioning of a bucket without forwarding the request. */
function ignoringSuspension(): Tamper {
  const seen = new Set<string>()
  return {
    request({ method, path }) {
      if (method !== 'PUT' || !path.includes('versioning')) return undefined
      const wasSeen = seen.has(path)
      seen.add(path)
      return wasSeen ? { status: 200 } : undefined
    },
  }
}
