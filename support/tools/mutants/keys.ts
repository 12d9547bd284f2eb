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
/** Selects PutObject requests whose body has arrived. The store also evaluates a request before its body arrives. */
const create: Predicate = allOf('PutObject', ({ body }) => body !== undefined)
const createOnce = withHeader('PutObject', 'ifNoneMatch', /^\*$/)

/** Treats two keys as the same key if `normalize` returns the same string for both. */
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
  'similar-keys-hold-separate-objects': {
    'PutObject with If-None-Match: * treats keys that differ by a single character as distinct': {
      'the store decodes a plus sign as a space': confusing(createOnce, (key) => key.replaceAll('+', ' ')),
      'the store treats all non-ASCII characters as the same character': confusing(createOnce, (key) =>
        key.replaceAll(NOT_ASCII, '?'),
      ),
    },
  },
  'a-listing-returns-each-key-as-it-was-sent': {
    'ListObjectsV2 returns each key exactly as it was sent': {
      'the store escapes an ampersand twice in the XML': replacingInBody(
        ({ method, path }) => method === 'GET' && path.includes('list-type=2'),
        /&amp;/g,
        '&amp;amp;',
      ),
    },
  },
  'a-copy-compares-and-copies-its-source-whatever-its-key': {
    'CopyObject finds its source regardless of the characters in the source key': {
      'CopyObject fails with NoSuchKey when the source key contains non-ASCII characters': returning(
        (request) => isAnyCopy(request) && /%[89A-F]/.test(headerOf(request, 'x-amz-copy-source')),
        xmlError(404, 'NoSuchKey'),
      ),
    },
  },
  'a-presigned-put-creates-an-object-once-whatever-its-key': {
    'A presigned PutObject treats keys that differ by a single character as distinct': {
      'the store decodes the key twice': confusing(
        ({ signature }) => signature?.presigned !== undefined,
        (key) => key.replaceAll('%41', 'A'),
      ),
    },
  },
  'deleteobjects-deletes-only-the-key-that-it-names': {
    'DeleteObjects deletes each object regardless of the characters in its key': {
      'the store lists a non-ASCII key under Deleted but does not delete it': changingEntryOutcomes((right, { key }) =>
        key.match(NOT_ASCII) ? success(204, 'unchanged') : right,
      ),
    },
  },
  'a-multipart-upload-creates-an-object-once-whatever-its-key': {
    'CompleteMultipartUpload returns the key exactly as it was sent': {
      'the store removes apostrophes from the key': replacingInBody(isComplete, /'/g, ''),
    },
  },
  'keys-are-flat': {
    'PutObject to the key "a" succeeds when the key "a/b" exists': {
      'the request fails with 409': failing(allOf('PutObject', isParent()), error(409, 'Conflict')),
    },
  },
  'a-key-can-have-1024-bytes': {
    'PutObject supports keys of up to 1,024 bytes': {
      'the store cuts off the last character of a long key': confusing(createOnce, (key) =>
        key.length > 900 ? key.slice(0, -1) : key,
      ),
    },
  },
})
