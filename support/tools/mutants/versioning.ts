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

// Mutants that break rules about versions. Most of the specs that test these rules are in folders such as `write` and
// `delete`.

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
        'the store creates a new version': ignoring(inVersionedBucket(operation), 'ifNoneMatch'),
      },
      [`${operation} with If-None-Match: * succeeds when the current version is a delete marker that was created before the request or multipart upload began`]:
        {
          'the request fails': failing(allOf(withHeader(operation, 'ifNoneMatch'), hasDeleteMarker), 'If-None-Match'),
        },
    },
  }),
)

const comparesCurrentVersion = (operation: Operation): Rules => ({
  [`${operation} fails when If-Match contains the ETag of a noncurrent version`]: {
    'the store accepts the ETag of any version': ignoring(inVersionedBucket(operation), 'ifMatch'),
  },
  [`${operation} compares If-Match with the ETag of the current version`]: {
    'the store compares If-Match only with the ETag of the first version': failing(
      inVersionedBucket(withHeader(operation, 'ifMatch')),
      'If-Match',
    ),
  },
})

const failsForDeleteMarker = (operation: Operation): Rules => ({
  [`${operation} with If-Match fails with 404 when the current version is a delete marker`]: {
    'the store compares If-Match with the ETag of the version that precedes the delete marker': ignoring(
      allOf(operation, hasDeleteMarker),
      'ifMatch',
    ),
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
      'DeleteObjects returns an error for an entry whose ETag is that of a noncurrent version': {
        'the store accepts the ETag of any version': ignoringInEntries('etag', inVersionedBucket('DeleteObjects')),
      },
    },
  }),
]

export const versioning: readonly Mutant[] = [
  ...ifNoneMatch,
  ...ifMatch,
  ...mutants('write', {
    'a-noncurrent-delete-marker-does-not-affect-conditions': {
      'PutObject with If-None-Match: * fails when the current version is an object and an older version is a delete marker':
        {
          'the request succeeds': ignoring(allOf(put, afterDeleteMarker()), 'ifNoneMatch'),
        },
      'PutObject with If-Match succeeds when the ETag matches and an older version is a delete marker': {
        'the request fails with 404': failing(allOf(withHeader(put, 'ifMatch'), afterDeleteMarker()), noSuchKey),
      },
    },
  }),
  ...mutants('read', {
    'a-read-compares-only-the-current-version': {
      'A read without a version id fails when If-Match contains the ETag of a noncurrent version': {
        'the store accepts the ETag of any version': ignoring(reads, 'ifMatch'),
      },
      'A read without a version id returns 200 when If-None-Match contains the ETag of a noncurrent version': {
        'the store returns 304': failing(withHeader(reads, 'ifNoneMatch'), {
          status: 304,
        }),
      },
    },
  }),
  ...mutants('versioning', {
    'deleting-a-version-makes-the-previous-one-current': {
      'A request fails when If-Match contains the ETag of a deleted version': {
        'the request succeeds': ignoring(afterVersionDelete(), 'ifMatch'),
      },
      'After the current version has been permanently deleted, PutObject with If-Match accepts the ETag of the new current version':
        {
          'the request fails with 404': failing(allOf(withHeader(put, 'ifMatch'), afterVersionDelete()), noSuchKey),
        },
    },
    'removing-a-delete-marker-restores-the-object': {
      'PutObject with If-None-Match: * fails after the removal of a delete marker has restored an object': {
        'the request succeeds': ignoring(allOf(put, afterVersionDelete()), 'ifNoneMatch'),
      },
      'A read with If-None-Match no longer fails with 404 after the removal of a delete marker has restored an object':
        {
          'the request fails with 404': failing(
            allOf(withHeader(reads, 'ifNoneMatch'), afterVersionDelete()),
            noSuchKey,
          ),
        },
    },
    'a-suspended-bucket-replaces-the-null-version': {
      'PutObject replaces the null version when versioning is suspended': {
        'PutBucketVersioning does not suspend versioning': ignoringSuspension(),
      },
    },
    'a-null-version-is-compared-like-any-other': {
      'GetObject and HeadObject compare If-Match and If-None-Match with the ETag of the null version': ignoring(
        reads,
        'ifMatch',
        'ifNoneMatch',
      ),
      'CopyObject compares x-amz-copy-source-if-match with the ETag of the null version': ignoring(
        'CopyObject',
        'copySourceIfMatch',
      ),
    },
  }),
]

/** Forwards only the first PutBucketVersioning request for each bucket, and returns 200 for all others. */
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
