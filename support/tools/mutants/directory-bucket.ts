import { error, having, ignoring, insteadOf, isAbort, isPut, type Meant, refused, refusing, sent } from './lies'
import type { Mutant } from './mutant'

const inDirectory =
  (meant: Meant): Meant =>
  (passing) =>
    /^\/[^/?]+--x-s3\//.test(passing.path) && meant(passing)
const isAppend = inDirectory(having(isPut, 'x-amz-write-offset-bytes', /./))
const isRename: Meant = ({ method, path }) => method === 'PUT' && /[?&]renameObject/.test(path)
const isDelete = inDirectory(({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject'))
const isCopy = inDirectory(({ method, headers }) => method === 'PUT' && 'x-amz-copy-source' in headers)
const OFFSET = 'x-amz-write-offset-bytes'

export const directoryBucket: readonly Mutant[] = [
  {
    name: 'append: the bytes are added at the end',
    breaks: 'the offset is not looked at, and the object overwritten',
    specs: ['specs/directory-bucket/an-append-is-written'],
    lie: ignoring(isAppend, OFFSET),
  },
  {
    name: 'append: the offset has to be the size',
    breaks: 'another one is 412',
    specs: ['specs/directory-bucket/an-append-is-written'],
    lie: insteadOf(400, isAppend, refused('x-amz-write-offset-bytes')),
  },
  {
    name: 'append: an offset other than 0 needs an object',
    breaks: 'a missing one is 400, as if it had another size',
    specs: ['specs/directory-bucket/an-append-is-written'],
    lie: insteadOf(404, isAppend, error(400, 'InvalidWriteOffset')),
  },
  {
    name: 'append: If-Match refuses another entity tag',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/an-append-with-if-match'],
    lie: ignoring(isAppend, 'if-match'),
  },
  {
    name: 'append: If-Match is looked at before the offset',
    breaks: 'the offset is looked at first',
    specs: ['specs/directory-bucket/an-append-with-if-match'],
    lie: insteadOf(412, isAppend, error(400, 'InvalidWriteOffset')),
  },
  {
    name: 'append: an empty body is refused',
    breaks: 'it is taken',
    specs: ['specs/directory-bucket/an-append-has-to-have-bytes'],
    lie: insteadOf(400, isAppend, { status: 200 }),
  },
  {
    name: 'append: an empty body at 0 makes an empty object',
    breaks: 'it is refused, too',
    specs: ['specs/directory-bucket/an-append-has-to-have-bytes'],
    lie: refusing(having(isAppend, OFFSET, /^0$/), error(400, 'InvalidArgument')),
  },
  {
    name: 'append: the checksum has to be that of the bytes, and of the type of the object',
    breaks: 'it is not looked at',
    specs: ['specs/directory-bucket/an-append-has-to-have-the-checksum'],
    lie: ignoring(isAppend, 'x-amz-checksum-crc32', 'x-amz-checksum-sha256', 'x-amz-sdk-checksum-algorithm'),
  },
  {
    name: 'append: a checksum of another type is no wrong one',
    breaks: 'it is answered BadDigest',
    specs: ['specs/directory-bucket/an-append-has-to-have-the-checksum'],
    lie: insteadOf(400, isAppend, error(400, 'BadDigest')),
  },
  {
    name: 'RenameObject: If-None-Match: * refuses a destination that is there',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/a-rename-with-if-none-match'],
    lie: ignoring(isRename, 'if-none-match'),
  },
  {
    name: 'RenameObject: If-Match refuses a destination with another entity tag',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/a-rename-with-if-match'],
    lie: ignoring(isRename, 'if-match'),
  },
  {
    name: 'RenameObject: both headers are compared',
    breaks: '501, as to PutObject',
    specs: ['specs/directory-bucket/a-rename-with-if-match'],
    lie: refusing(
      (passing) => isRename(passing) && Boolean(sent(passing, 'if-match') && sent(passing, 'if-none-match')),
      error(501, 'NotImplemented'),
    ),
  },
  {
    name: 'RenameObject: x-amz-rename-source-if-match refuses a source with another entity tag',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/a-condition-on-what-is-renamed'],
    lie: ignoring(isRename, 'x-amz-rename-source-if-match'),
  },
  {
    name: 'RenameObject: the Condition of a refusal by the source reads If-Match',
    breaks: 'it has the whole name of the header',
    specs: ['specs/directory-bucket/a-condition-on-what-is-renamed'],
    lie: insteadOf(412, isRename, refused('x-amz-rename-source-if-match')),
  },
  {
    name: 'RenameObject: x-amz-rename-source-if-none-match: * is always 412',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/a-rename-has-to-have-a-source'],
    lie: ignoring(isRename, 'x-amz-rename-source-if-none-match'),
  },
  {
    name: 'RenameObject: the same client token makes it repeatable',
    breaks: 'the token is not looked at',
    specs: ['specs/directory-bucket/a-client-token'],
    lie: ignoring(isRename, 'x-amz-client-token'),
  },
  {
    name: 'PutObject: an offset in a general purpose bucket is 501',
    breaks: 'it is not looked at, and the object overwritten',
    specs: ['specs/directory-bucket/only-directory-buckets'],
    lie: ignoring(isPut, OFFSET),
  },
  {
    name: 'RenameObject: a general purpose bucket answers 501',
    breaks: 'it says 200',
    specs: ['specs/directory-bucket/only-directory-buckets'],
    lie: refusing(isRename, { status: 200 }),
  },
  ...(['if-match', 'x-amz-if-match-size', 'x-amz-if-match-last-modified-time'] as const).map((header) => ({
    name: `DeleteObject: ${header} refuses what does not match`,
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/a-delete-for'],
    lie: ignoring(isDelete, header),
  })),
  {
    name: 'DeleteObject: a size does not ask for an object',
    breaks: 'a missing one is 404',
    specs: ['specs/directory-bucket/a-delete-for'],
    lie: insteadOf(204, having(isDelete, 'x-amz-if-match-size', /^4$/), error(404, 'NoSuchKey')),
  },
  {
    name: 'DeleteObjects: an entry that does not match is listed under Errors',
    breaks: 'nothing is said of it',
    specs: ['specs/directory-bucket/an-entry-of-deleteobjects'],
    lie: insteadOf(200, ({ method, path }) => method === 'POST' && /[?&]delete/.test(path), {
      status: 200,
      body: '<DeleteResult></DeleteResult>',
    }),
  },
  {
    name: 'AbortMultipartUpload: another time refuses it',
    breaks: 'the header is not looked at',
    specs: ['specs/directory-bucket/an-abort-takes'],
    lie: ignoring(isAbort, 'x-amz-if-match-initiated-time'),
  },
  {
    name: 'CopyObject: conditions on the destination hold in a directory bucket, too',
    breaks: 'they are not looked at',
    specs: ['specs/directory-bucket/a-copy-takes-conditions'],
    lie: ignoring(isCopy, 'if-match', 'if-none-match'),
  },
  {
    name: 'a write of the same bytes changes the entity tag',
    breaks: 'the entity tag of before still deletes',
    specs: ['specs/directory-bucket/an-entity-tag-is-no-hash'],
    lie: ignoring(isDelete, 'if-match'),
  },
  {
    name: 'the one version of an object in a directory bucket is called null',
    breaks: 'there is no version by that name',
    specs: ['specs/directory-bucket/there-are-neither-versions'],
    lie: refusing(
      inDirectory(({ path }) => path.includes('versionId=null')),
      error(404, 'NoSuchVersion'),
    ),
  },
]
