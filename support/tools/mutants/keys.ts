import { type Mutant, mutants } from './mutant'
import {
  after,
  allOf,
  changingEntryOutcomes,
  error,
  failing,
  type Predicate,
  type Scope,
  success,
  withHeader,
} from './overrides'
import { headerOf, isAnyCopy, isComplete, replacingInBody, returning, error as xmlError } from './wire'

const NOT_ASCII = /[^ -~]/g
/** A write whose body has arrived. The store also evaluates a write before that, when nothing has been created yet. */
const create: Predicate = allOf('PutObject', ({ body }) => body !== undefined)
const createOnce = withHeader('PutObject', 'ifNoneMatch', /^\*$/)

/** Treats keys that `normalize` makes equal as one key. */
const confusing = (scope: Scope, normalize: (key: string) => string) =>
  failing(
    allOf(
      scope,
      create,
      after(create, ({ key }) => normalize(key)),
    ),
    'If-None-Match',
  )

/** Selects requests to the parent `a` of an existing key `a/b`. */
function isParent(): Predicate {
  const keys = new Set<string>()
  return (request, ...context) => {
    if (create(request, ...context)) keys.add(request.key)
    return keys.has(`${request.key}/b`)
  }
}

export const keys: readonly Mutant[] = mutants('keys', {
  'keys-that-differ-in-one-character-are-created-separately': {
    'PutObject with If-None-Match: * treats keys that differ in one character as different keys': {
      'it decodes a plus sign as a space': confusing(createOnce, (key) => key.replaceAll('+', ' ')),
      'it treats all characters outside ASCII as equal': confusing(createOnce, (key) => key.replaceAll(NOT_ASCII, '?')),
    },
  },
  'a-listing-returns-each-key-as-it-was-sent': {
    'ListObjectsV2 returns each key as it was sent': {
      'it escapes an ampersand twice': replacingInBody(
        ({ method, path }) => method === 'GET' && path.includes('list-type=2'),
        /&amp;/g,
        '&amp;amp;',
      ),
    },
  },
  'a-copy-compares-and-copies-its-source-whatever-its-key': {
    'CopyObject finds its source whatever the key of the source is': {
      'it fails with NoSuchKey for a key with characters outside ASCII': returning(
        (request) => isAnyCopy(request) && /%[89A-F]/.test(headerOf(request, 'x-amz-copy-source')),
        xmlError(404, 'NoSuchKey'),
      ),
    },
  },
  'a-presigned-put-creates-an-object-once-whatever-its-key': {
    'A presigned PutObject treats keys that differ in one character as different keys': {
      'it decodes the key twice': confusing(
        ({ signature }) => signature?.presigned !== undefined,
        (key) => key.replaceAll('%41', 'A'),
      ),
    },
  },
  'deleteobjects-deletes-only-the-key-that-it-names': {
    'DeleteObjects deletes the key of an entry': {
      'it lists keys outside ASCII under Deleted but keeps them': changingEntryOutcomes((right, { key }) =>
        key.match(NOT_ASCII) ? success(204, 'unchanged') : right,
      ),
    },
  },
  'a-multipart-upload-creates-an-object-once-whatever-its-key': {
    'CompleteMultipartUpload returns the key of the object': {
      'it removes an apostrophe': replacingInBody(isComplete, /'/g, ''),
    },
  },
  'keys-are-flat': {
    'PutObject succeeds for the parent of an existing key': {
      'it fails with 409': failing(allOf('PutObject', isParent()), error(409, 'Conflict')),
    },
  },
  'a-key-can-have-1024-bytes': {
    'PutObject supports keys of 1024 bytes': {
      'it cuts off the last character': confusing(createOnce, (key) => (key.length > 900 ? key.slice(0, -1) : key)),
    },
  },
})
