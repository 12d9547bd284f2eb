import { type Mutant, mutants } from './mutant'
import {
  allOf,
  changingRequest,
  changingState,
  error,
  failing,
  failsWith,
  hasNoObject,
  ignoring,
  insteadOf,
  noSuchKey,
  notImplemented,
  type Predicate,
  type Scope,
  succeeding,
  withHeader,
} from './overrides'
import { isDeleteMany } from './wire'

const inDirectory = (scope: Scope): Predicate => allOf(scope, (_, { bucket }) => bucket.directory)
const append = inDirectory(withHeader('PutObject', 'writeOffsetBytes'))
const rename = 'RenameObject'
const remove = inDirectory('DeleteObject')

export const directoryBucket: readonly Mutant[] = mutants('directory-bucket', {
  'an-append-succeeds-only-at-the-end-of-the-object': {
    'An append adds the request body to the end of the object': {
      'the store ignores the offset and overwrites the object': ignoring(append, 'writeOffsetBytes'),
    },
    'An append to an existing object fails with 400 unless the offset equals the size of the object': {
      'the request fails with 412': insteadOf(400, append, 'x-amz-write-offset-bytes'),
    },
    'An append at an offset other than 0 fails with 404 when the key does not exist': {
      'the request fails with 400': insteadOf(404, append, error(400, 'InvalidWriteOffset')),
    },
  },
  'an-append-with-if-match-succeeds-only-for-the-current-etag': {
    'An append with If-Match fails when the ETag does not match': ignoring(append, 'ifMatch'),
    'An append evaluates If-Match before it checks the offset': {
      'the store checks the offset first': insteadOf(412, append, error(400, 'InvalidWriteOffset')),
    },
  },
  'an-append-must-not-be-empty': {
    'An append with an empty body fails when the object exists': {
      'the request succeeds': succeeding(failsWith(append, 400), 200, 'appended'),
    },
    'An append with an empty body at offset 0 creates an empty object when the key does not exist': {
      'the request fails': failing(
        inDirectory(withHeader('PutObject', 'writeOffsetBytes', /^0$/)),
        error(400, 'InvalidArgument'),
      ),
    },
  },
  'an-append-requires-a-matching-checksum': {
    "An append fails when its checksum is wrong or its checksum algorithm differs from the object's": {
      'the store ignores the checksum': changingRequest(append, ({ body, ...request }) => ({
        ...request,
        body: { size: body?.size ?? 0 },
      })),
    },
    "An append fails with BadDigest when its checksum is wrong and with InvalidRequest when its checksum algorithm differs from the object's":
      {
        'the request always fails with BadDigest': insteadOf(400, append, error(400, 'BadDigest')),
      },
  },
  'a-rename-with-if-none-match-never-overwrites': {
    'RenameObject with If-None-Match: * fails when the destination exists': ignoring(rename, 'ifNoneMatch'),
  },
  'a-rename-with-if-match-overwrites-only-the-named-etag': {
    'RenameObject with If-Match fails when the ETag does not match': ignoring(rename, 'ifMatch'),
    'RenameObject with If-Match and If-None-Match evaluates both headers': {
      'the request fails with 501, as PutObject with both headers does': failing(
        allOf(withHeader(rename, 'ifMatch'), withHeader(rename, 'ifNoneMatch')),
        notImplemented,
      ),
    },
  },
  'a-rename-can-require-the-etag-of-its-source': {
    'RenameObject with x-amz-rename-source-if-match fails when the ETag does not match': ignoring(
      rename,
      'renameSourceIfMatch',
    ),
    'When x-amz-rename-source-if-match fails, the 412 response to RenameObject names If-Match as the failed condition':
      {
        'the response names x-amz-rename-source-if-match': insteadOf(412, rename, 'x-amz-rename-source-if-match'),
      },
  },
  'a-rename-requires-an-existing-source': {
    'RenameObject with x-amz-rename-source-if-none-match: * always fails with 412': ignoring(
      rename,
      'renameSourceIfNoneMatch',
    ),
  },
  'a-client-token-makes-a-rename-repeatable': {
    'RenameObject succeeds when it is repeated with the same client token': {
      'the store ignores the client token': changingState(rename, ({ clientToken: _, ...state }) => state),
    },
  },
  'only-directory-buckets-support-rename-and-append': {
    'In a general purpose bucket, PutObject with a write offset fails with 501': {
      'the store ignores the offset and overwrites the object': ignoring('PutObject', 'writeOffsetBytes'),
    },
    'In a general purpose bucket, RenameObject fails with 501': { 'the store returns 200': succeeding(rename, 200) },
  },
  'a-delete-': {
    'In a directory bucket, DeleteObject with If-Match fails when the ETag does not match': ignoring(remove, 'ifMatch'),
    'In a directory bucket, DeleteObject with x-amz-if-match-size fails when the size does not match': ignoring(
      remove,
      'ifMatchSize',
    ),
    'In a directory bucket, DeleteObject with x-amz-if-match-last-modified-time fails when the time does not match':
      ignoring(remove, 'ifMatchLastModifiedTime'),
    'In a directory bucket, DeleteObject with x-amz-if-match-size succeeds when the key does not exist': {
      'the request fails with 404': failing(allOf(withHeader(remove, 'ifMatchSize'), hasNoObject), noSuchKey),
    },
  },
  'deleteobjects-reports-the-code-412-precondition-failed': {
    'DeleteObjects returns an error for an entry whose ETag does not match': {
      'the response does not list the entry': {
        response: (request, { status }) =>
          status === 200 && isDeleteMany(request) ? { status, body: '<DeleteResult></DeleteResult>' } : undefined,
      },
    },
  },
  'an-abort-can-require-the-time-of-initiation': {
    'In a directory bucket, AbortMultipartUpload with x-amz-if-match-initiated-time fails when the time does not match':
      ignoring('AbortMultipartUpload', 'ifMatchInitiatedTime'),
  },
  'a-copy-supports-conditions-on-its-destination': {
    'CopyObject evaluates conditions on a destination in a directory bucket': ignoring(
      inDirectory('CopyObject'),
      'ifMatch',
      'ifNoneMatch',
    ),
  },
  'an-etag-is-not-a-hash': {
    'In a directory bucket, PutObject changes the ETag even when the new content is identical to the old': {
      'DeleteObject still accepts the old ETag': ignoring(remove, 'ifMatch'),
    },
  },
  'a-directory-bucket-has-no-versions-or-delete-markers': {
    'An object in a directory bucket has a single version, whose id is null': {
      'a request with the version id null fails with NoSuchVersion': failing(
        inDirectory(({ versionId }) => versionId === 'null'),
        error(404, 'NoSuchVersion'),
      ),
    },
  },
})
