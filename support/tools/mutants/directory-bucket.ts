import { type Mutant, mutants } from './mutant'
import {
  accepting,
  asIf,
  asIfIn,
  both,
  error,
  failing,
  having,
  ignoring,
  instead,
  isFree,
  type Meant,
  noSuchKey,
  notImplemented,
  refusing,
  type Which,
} from './overrides'
import { isDeleteMany } from './wire'

const inDirectory = (which: Which): Meant => both(which, (_, { bucket }) => bucket.directory)
const append = inDirectory(having('PutObject', 'writeOffsetBytes'))
const rename = 'RenameObject'

export const directoryBucket: readonly Mutant[] = mutants('directory-bucket', {
  'an-append-succeeds-only-at-the-end-of-the-object': {
    'append: the bytes are added at the end': {
      'the offset is not looked at, and the object overwritten': ignoring(append, 'writeOffsetBytes'),
    },
    'append: the offset has to be the size': { 'another one is 412': instead(400, append, 'x-amz-write-offset-bytes') },
    'append: an offset other than 0 needs an object': {
      'a missing one is 400, as if it had another size': instead(404, append, error(400, 'InvalidWriteOffset')),
    },
  },
  'an-append-with-if-match-succeeds-only-for-the-current-etag': {
    'append: If-Match refuses another entity tag': { 'the header is not looked at': ignoring(append, 'ifMatch') },
    'append: If-Match is looked at before the offset': {
      'the offset is looked at first': instead(412, append, error(400, 'InvalidWriteOffset')),
    },
  },
  'an-append-must-not-be-empty': {
    'append: an empty body is refused': { 'it is taken': accepting(failing(append, 400), 200, 'appended') },
    'append: an empty body at 0 makes an empty object': {
      'it is refused, too': refusing(
        inDirectory(having('PutObject', 'writeOffsetBytes', /^0$/)),
        error(400, 'InvalidArgument'),
      ),
    },
  },
  'an-append-requires-a-matching-checksum': {
    'append: the checksum has to be that of the bytes, and of the type of the object': {
      'it is not looked at': asIf(append, ({ body, ...request }) => ({ ...request, body: { size: body?.size ?? 0 } })),
    },
    'append: a checksum of another type is no wrong one': {
      'it is answered BadDigest': instead(400, append, error(400, 'BadDigest')),
    },
  },
  'a-rename-with-if-none-match-never-overwrites': {
    'RenameObject: If-None-Match: * refuses a destination that is there': {
      'the header is not looked at': ignoring(rename, 'ifNoneMatch'),
    },
  },
  'a-rename-with-if-match-overwrites-only-the-named-etag': {
    'RenameObject: If-Match refuses a destination with another entity tag': {
      'the header is not looked at': ignoring(rename, 'ifMatch'),
    },
    'RenameObject: both headers are compared': {
      '501, as to PutObject': refusing(both(having(rename, 'ifMatch'), having(rename, 'ifNoneMatch')), notImplemented),
    },
  },
  'a-rename-can-require-the-etag-of-its-source': {
    'RenameObject: x-amz-rename-source-if-match refuses a source with another entity tag': {
      'the header is not looked at': ignoring(rename, 'renameSourceIfMatch'),
    },
    'RenameObject: the Condition of a refusal by the source reads If-Match': {
      'it has the whole name of the header': instead(412, rename, 'x-amz-rename-source-if-match'),
    },
  },
  'a-rename-requires-an-existing-source': {
    'RenameObject: x-amz-rename-source-if-none-match: * is always 412': {
      'the header is not looked at': ignoring(rename, 'renameSourceIfNoneMatch'),
    },
  },
  'a-client-token-makes-a-rename-repeatable': {
    'RenameObject: the same client token makes it repeatable': {
      'the token is not looked at': asIfIn(rename, ({ clientToken: _, ...state }) => state),
    },
  },
  'only-directory-buckets-support-rename-and-append': {
    'PutObject: an offset in a general purpose bucket is 501': {
      'it is not looked at, and the object overwritten': ignoring('PutObject', 'writeOffsetBytes'),
    },
    'RenameObject: a general purpose bucket answers 501': { 'it says 200': accepting(rename, 200) },
  },
  'a-delete-': {
    'DeleteObject: if-match refuses what does not match': {
      'the header is not looked at': ignoring(inDirectory('DeleteObject'), 'ifMatch'),
    },
    'DeleteObject: x-amz-if-match-size refuses what does not match': {
      'the header is not looked at': ignoring(inDirectory('DeleteObject'), 'ifMatchSize'),
    },
    'DeleteObject: x-amz-if-match-last-modified-time refuses what does not match': {
      'the header is not looked at': ignoring(inDirectory('DeleteObject'), 'ifMatchLastModifiedTime'),
    },
    'DeleteObject: a size does not ask for an object': {
      'a missing one is 404': refusing(both(inDirectory(having('DeleteObject', 'ifMatchSize')), isFree), noSuchKey),
    },
  },
  'deleteobjects-reports-the-code-412-precondition-failed': {
    'DeleteObjects: an entry that does not match is listed under Errors': {
      'nothing is said of it': {
        response: (passing, { status }) =>
          status === 200 && isDeleteMany(passing) ? { status, body: '<DeleteResult></DeleteResult>' } : undefined,
      },
    },
  },
  'an-abort-can-require-the-time-of-initiation': {
    'AbortMultipartUpload: another time refuses it': {
      'the header is not looked at': ignoring('AbortMultipartUpload', 'ifMatchInitiatedTime'),
    },
  },
  'a-copy-supports-conditions-on-its-destination': {
    'CopyObject: conditions on the destination hold in a directory bucket, too': {
      'they are not looked at': ignoring(inDirectory('CopyObject'), 'ifMatch', 'ifNoneMatch'),
    },
  },
  'an-etag-is-not-a-hash': {
    'a write of the same bytes changes the entity tag': {
      'the entity tag of before still deletes': ignoring(inDirectory('DeleteObject'), 'ifMatch'),
    },
  },
  'a-directory-bucket-has-no-versions-or-delete-markers': {
    'the one version of an object in a directory bucket is called null': {
      'there is no version by that name': refusing(
        inDirectory(({ versionId }) => versionId === 'null'),
        error(404, 'NoSuchVersion'),
      ),
    },
  },
})
