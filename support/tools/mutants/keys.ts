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
/** A write when its body has arrived: before, it has created nothing. */
const create: Predicate = allOf('PutObject', ({ body }) => body !== undefined)
const createOnce = withHeader('PutObject', 'ifNoneMatch', /^\*$/)

/** Takes keys that `normalize` makes equal for one key. */
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
    'PutObject with If-None-Match: * creates keys that differ in one character separately': {
      'a plus is decoded as a space': confusing(createOnce, (key) => key.replaceAll('+', ' ')),
      'all characters outside ASCII are equal': confusing(createOnce, (key) => key.replaceAll(NOT_ASCII, '?')),
    },
  },
  'a-listing-returns-each-key-as-it-was-sent': {
    'ListObjectsV2 returns each key as it was sent': {
      'an ampersand is escaped twice': replacingInBody(
        ({ method, path }) => method === 'GET' && path.includes('list-type=2'),
        /&amp;/g,
        '&amp;amp;',
      ),
    },
  },
  'a-copy-compares-and-copies-its-source-whatever-its-key': {
    'CopyObject finds its source whatever its key is': {
      'a key outside ASCII fails with NoSuchKey': returning(
        (request) => isAnyCopy(request) && /%[89A-F]/.test(headerOf(request, 'x-amz-copy-source')),
        xmlError(404, 'NoSuchKey'),
      ),
    },
  },
  'a-presigned-put-creates-an-object-once-whatever-its-key': {
    'A presigned PutObject creates keys that differ in one character separately': {
      'the key is decoded twice': confusing(
        ({ signature }) => signature?.presigned !== undefined,
        (key) => key.replaceAll('%41', 'A'),
      ),
    },
  },
  'deleteobjects-deletes-only-the-key-that-it-names': {
    'DeleteObjects deletes the key of an entry': {
      'a key outside ASCII is listed under Deleted and kept': changingEntryOutcomes((right, { key }) =>
        key.match(NOT_ASCII) ? success(204, 'unchanged') : right,
      ),
    },
  },
  'a-multipart-upload-creates-an-object-once-whatever-its-key': {
    'CompleteMultipartUpload returns the key of the object': {
      'an apostrophe is removed': replacingInBody(isComplete, /'/g, ''),
    },
  },
  'keys-are-flat': {
    'PutObject succeeds for the parent of an existing key': {
      'it fails with 409': failing(allOf('PutObject', isParent()), error(409, 'Conflict')),
    },
  },
  'a-key-can-have-1024-bytes': {
    'PutObject supports keys of 1024 bytes': {
      'the last character is cut off': confusing(createOnce, (key) => (key.length > 900 ? key.slice(0, -1) : key)),
    },
  },
})
