import { type Mutant, mutants } from './mutant'
import { accepted, after, both, deciding, error, having, type Meant, refusing, type Which } from './overrides'
import { error as errorOf, isAnyCopy, isComplete, returning, sent, writing } from './wire'

const NOT_ASCII = /[^ -~]/g
/** Once its body is there: before, it has created nothing. */
const create: Meant = both('PutObject', ({ body }) => body !== undefined)

/** Takes keys for the same one that become the same by this. */
const confusing = (which: Which, become: (key: string) => string) =>
  refusing(
    both(
      which,
      create,
      after(create, ({ key }) => become(key)),
    ),
    'If-None-Match',
  )
const star = having('PutObject', 'ifNoneMatch', /^\*$/)

/** PutObject of what is the parent of another key. */
function parent(): Meant {
  const folders = new Set<string>()
  return (request, ...about) => {
    if (create(request, ...about)) folders.add(request.key)
    return folders.has(`${request.key}/b`)
  }
}

export const keys: readonly Mutant[] = mutants('keys', {
  'keys-that-differ-in-one-character-are-created-separately': {
    'PutObject: keys that differ in one character are two keys': {
      'a plus is a blank': confusing(star, (key) => key.replaceAll('+', ' ')),
      'letters that are not ASCII are all the same': confusing(star, (key) => key.replaceAll(NOT_ASCII, '?')),
    },
  },
  'a-listing-returns-each-key-as-it-was-sent': {
    'ListObjectsV2: a key is listed as it was sent': {
      'an ampersand is escaped twice': writing(
        ({ method, path }) => method === 'GET' && path.includes('list-type=2'),
        /&amp;/g,
        '&amp;amp;',
      ),
    },
  },
  'a-copy-compares-and-copies-its-source-whatever-its-key': {
    'CopyObject: a source is found whatever its key is': {
      'one whose key is not ASCII is NoSuchKey': returning(
        (passing) => isAnyCopy(passing) && /%[89A-F]/.test(sent(passing, 'x-amz-copy-source')),
        errorOf(404, 'NoSuchKey'),
      ),
    },
  },
  'a-presigned-put-creates-an-object-once-whatever-its-key': {
    'presigned PutObject: keys that differ in one character are two keys': {
      'the key is decoded twice': confusing(
        ({ signature }) => signature?.presigned !== undefined,
        (key) => key.replaceAll('%41', 'A'),
      ),
    },
  },
  'deleteobjects-deletes-only-the-key-that-it-names': {
    'DeleteObjects: an entry deletes the key that it names': {
      'a key that is not ASCII is reported as deleted, and is there': deciding((right, { key }) =>
        key.match(NOT_ASCII) ? accepted(204, 'unchanged') : right,
      ),
    },
  },
  'a-multipart-upload-creates-an-object-once-whatever-its-key': {
    'CompleteMultipartUpload: returns the key that it has created': {
      'an apostrophe is left out': writing(isComplete, /'/g, ''),
    },
  },
  'keys-are-flat': {
    'PutObject: keys are flat': {
      'an object in a folder keeps everybody from its parent': refusing(
        both('PutObject', parent()),
        error(409, 'Conflict'),
      ),
    },
  },
  'a-key-can-have-1024-bytes': {
    'PutObject: a key can have 1,024 bytes': {
      'the last ones are cut off': confusing(star, (key) => (key.length > 900 ? key.slice(0, -1) : key)),
    },
  },
})
