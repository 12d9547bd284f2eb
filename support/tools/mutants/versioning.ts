import type { Tamper } from '../../wire/tampering-proxy'
import { type Mutant, mutants } from './mutant'
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
} from './overrides'

const put = 'PutObject'
const isMarking: Meant = ({ operation, versionId }) => operation === 'DeleteObject' && versionId === undefined
const isMarked: Meant = (_, { key }) => key.deleteMarker !== undefined
/** To a key of which a delete marker is, or was, the current version. */
const marked = () => after(isMarking)
/** To a key of which a version was deleted for good. */
const uncovered = () => after(both('DeleteObject', hasVersionId))

const noneMatch = (['PutObject', 'CopyObject', 'CompleteMultipartUpload'] as const).flatMap((operation) =>
  mutants('versioning', {
    'if-none-match-star-looks-at-the-current-version': {
      [`${operation}: If-None-Match: * is refused while the current version is an object`]: {
        'a version is added': ignoring(operation, 'ifNoneMatch'),
      },
    },
    'a-current-delete-marker-frees-the-key': {
      [`${operation}: a current delete marker frees the key`]: {
        'a key that has versions is not free': refusing(
          both(having(operation, 'ifNoneMatch'), isMarked),
          'If-None-Match',
        ),
      },
    },
  }),
)

const match = (['PutObject', 'CopyObject', 'DeleteObject'] as const).flatMap((operation) =>
  mutants('versioning', {
    'a-current-delete-marker-is-404': {
      [`${operation}: a current delete marker is 404 to If-Match`]: {
        'the version underneath is compared': ignoring(both(operation, isMarked), 'ifMatch'),
      },
    },
    'if-match-is-412': {
      [`${operation}: If-Match is 412 for a noncurrent version`]: {
        'any version is compared': ignoring(operation, 'ifMatch'),
      },
    },
    'if-match-holds': {
      [`${operation}: If-Match holds for the current version`]: {
        'the first version is compared': refusing(having(operation, 'ifMatch'), 'If-Match'),
      },
    },
  }),
)

export const versioning: readonly Mutant[] = [
  ...noneMatch,
  ...match,
  ...mutants('versioning', {
    'if-match-is-412': {
      'DeleteObjects: the ETag of a noncurrent version is refused': {
        'any version is compared': ignoringOfEntries('etag'),
      },
    },
    'an-upload-is-compared': {
      'CompleteMultipartUpload is compared with the current version': {
        'with any': ignoring('CompleteMultipartUpload', 'ifMatch'),
      },
    },
    'a-deleted-version': {
      'A deleted version is compared no more': { 'it is': ignoring(uncovered(), 'ifMatch') },
      'The version before a deleted one is compared': {
        'the key counts as free': refusing(both(having(put, 'ifMatch'), uncovered()), noSuchKey),
      },
    },
    'a-removed-delete-marker': {
      'A key whose delete marker was removed is not free': { 'it is': ignoring(both(put, uncovered()), 'ifNoneMatch') },
      'A key whose delete marker was removed is read again': {
        'it is not': refusing(both(having(reads, 'ifNoneMatch'), uncovered()), noSuchKey),
      },
    },
    'a-delete-marker-underneath': {
      'A delete marker underneath does not matter to If-None-Match: *': {
        'the key counts as free': ignoring(both(put, marked()), 'ifNoneMatch'),
      },
      'A delete marker underneath does not matter to If-Match': {
        'the key counts as free': refusing(both(having(put, 'ifMatch'), marked()), noSuchKey),
      },
    },
    'a-read-is-compared': {
      'A read is compared with the current version: If-Match': { 'with any': ignoring(reads, 'ifMatch') },
      'A read is compared with the current version: If-None-Match': {
        'with any': refusing(having(reads, 'ifNoneMatch'), { status: 304 }),
      },
    },
    'a-suspended-bucket': {
      'A bucket whose versioning is suspended keeps no further versions': {
        'versioning cannot be suspended': suspendingNothing(),
      },
    },
    'a-null-version': {
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
