import type { Operation } from 's3-reference-store/rules'
import type { Tamper } from '../../wire/tampering-proxy'
import { type Mutant, mutants, type Rules } from './mutant'
import {
  after,
  both,
  hasVersionId,
  having,
  ignoring,
  ignoringOfEntries,
  type Meant,
  noSuchKey,
  reads,
  refusing,
  type Which,
} from './overrides'

const put = 'PutObject'
const isMarking: Meant = ({ operation, versionId }) => operation === 'DeleteObject' && versionId === undefined
const isMarked: Meant = (_, { key }) => key.deleteMarker !== undefined
/** To a key of which a delete marker is, or was, the current version. */
const marked = () => after(isMarking)
/** To a key of which a version was deleted for good. */
const uncovered = () => after(both('DeleteObject', hasVersionId))

const inVersions = (which: Which) => both(which, (_, { bucket }) => bucket.versioning !== 'never')

const FOLDERS = {
  PutObject: 'write',
  CopyObject: 'copy-destination',
  CompleteMultipartUpload: 'complete-multipart-upload',
} as const

const noneMatch = (['PutObject', 'CopyObject', 'CompleteMultipartUpload'] as const).flatMap((operation) =>
  mutants(FOLDERS[operation], {
    'if-none-match-never-overwrites': {
      [`${operation}: If-None-Match: * is refused while the current version is an object`]: {
        'a version is added': ignoring(inVersions(operation), 'ifNoneMatch'),
      },
      [`${operation}: a current delete marker frees the key`]: {
        'a key that has versions is not free': refusing(
          both(having(operation, 'ifNoneMatch'), isMarked),
          'If-None-Match',
        ),
      },
    },
  }),
)

const isComparedWithTheCurrentVersion = (operation: Operation): Rules => ({
  [`${operation}: If-Match is 412 for a noncurrent version`]: {
    'any version is compared': ignoring(inVersions(operation), 'ifMatch'),
  },
  [`${operation}: If-Match holds for the current version`]: {
    'the first version is compared': refusing(inVersions(having(operation, 'ifMatch')), 'If-Match'),
  },
})

const isNotFound = (operation: Operation): Rules => ({
  [`${operation}: a current delete marker is 404 to If-Match`]: {
    'the version underneath is compared': ignoring(both(operation, isMarked), 'ifMatch'),
  },
})

const match = [
  ...(['PutObject', 'CopyObject'] as const).flatMap((operation) =>
    mutants(FOLDERS[operation], {
      'if-match-compares-only-the-current-version': isComparedWithTheCurrentVersion(operation),
      'if-match-fails-with-404-when-the-key-has-no-object': isNotFound(operation),
    }),
  ),
  ...mutants('complete-multipart-upload', {
    'if-match-compares-only-the-current-version': isComparedWithTheCurrentVersion('CompleteMultipartUpload'),
  }),
  ...mutants('delete', {
    'if-match-creates-a-delete-marker-in-a-versioned-bucket': isComparedWithTheCurrentVersion('DeleteObject'),
    'if-match-fails-with-404-when-a-delete-marker-is-current': isNotFound('DeleteObject'),
    'deleteobjects-deletes-an-object-only-for-its-current-etag': {
      'DeleteObjects: the ETag of a noncurrent version is refused': {
        'any version is compared': ignoringOfEntries('etag', inVersions('DeleteObjects')),
      },
    },
  }),
]

export const versioning: readonly Mutant[] = [
  ...noneMatch,
  ...match,
  ...mutants('write', {
    'a-noncurrent-delete-marker-does-not-affect-conditions': {
      'A delete marker underneath does not matter to If-None-Match: *': {
        'the key counts as free': ignoring(both(put, marked()), 'ifNoneMatch'),
      },
      'A delete marker underneath does not matter to If-Match': {
        'the key counts as free': refusing(both(having(put, 'ifMatch'), marked()), noSuchKey),
      },
    },
  }),
  ...mutants('read', {
    'a-read-compares-only-the-current-version': {
      'A read is compared with the current version: If-Match': { 'with any': ignoring(reads, 'ifMatch') },
      'A read is compared with the current version: If-None-Match': {
        'with any': refusing(having(reads, 'ifNoneMatch'), { status: 304 }),
      },
    },
  }),
  ...mutants('versioning', {
    'deleting-a-version-makes-the-previous-one-current': {
      'A deleted version is compared no more': { 'it is': ignoring(uncovered(), 'ifMatch') },
      'The version before a deleted one is compared': {
        'the key counts as free': refusing(both(having(put, 'ifMatch'), uncovered()), noSuchKey),
      },
    },
    'removing-a-delete-marker-restores-the-object': {
      'A key whose delete marker was removed is not free': { 'it is': ignoring(both(put, uncovered()), 'ifNoneMatch') },
      'A key whose delete marker was removed is read again': {
        'it is not': refusing(both(having(reads, 'ifNoneMatch'), uncovered()), noSuchKey),
      },
    },
    'a-suspended-bucket-replaces-the-null-version': {
      'A bucket whose versioning is suspended keeps no further versions': {
        'versioning cannot be suspended': suspendingNothing(),
      },
    },
    'a-null-version-is-compared-like-any-other': {
      'A null version is compared when it is read': { 'it is not': ignoring(reads, 'ifMatch', 'ifNoneMatch') },
      'A null version is compared when it is copied': { 'it is not': ignoring('CopyObject', 'copySourceIfMatch') },
    },
  }),
]

/** The second PutBucketVersioning of a bucket has no effect. */
function suspendingNothing(): Tamper {
  const seen = new Set<string>()
  return {
    request({ method, path }) {
      if (method !== 'PUT' || !path.includes('versioning')) return undefined
      const was = seen.has(path)
      seen.add(path)
      return was ? { status: 200 } : undefined
    },
  }
}
