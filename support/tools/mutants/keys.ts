import { isCopy, isDeleteMany, reading, writing } from './changing-lies'
import { after, error, isComplete, isPut, keyIn, type Meant, refused, refusing, sent } from './lies'
import type { Mutant } from './mutant'

const keys = (spec: string): string[] => [`specs/keys/${spec}`]

const isPresigned: Meant = ({ method, path }) => method === 'PUT' && path.includes('X-Amz-Signature')
const isList: Meant = ({ method, path }) => method === 'GET' && path.includes('list-type=2')
const isCreating: Meant = (passing) => isPut(passing) && sent(passing, 'if-none-match') === '*'

/** 日 in a body: lies see its bytes. */
const SUN = Buffer.from('日').toString('latin1')

/** Takes keys for the same one that differ only in this. */
const confusing = (meant: Meant, from: RegExp, to: string): Mutant['lie'] =>
  after(
    isPut,
    (has) => refusing((passing) => meant(passing) && has(passing), refused('If-None-Match')),
    (passing) => keyIn(passing).replace(from, to),
  )

export const any: readonly Mutant[] = [
  {
    name: 'PutObject: keys that differ in one character are two keys',
    breaks: 'a plus is a blank',
    specs: keys('keys-that-differ'),
    lie: confusing(isCreating, /%2B/g, '%20'),
  },
  {
    name: 'PutObject: keys that differ in one character are two keys',
    breaks: 'letters that are not ASCII are all the same',
    specs: keys('keys-that-differ'),
    lie: confusing(isCreating, /%[89A-F][0-9A-F]/g, '?'),
  },
  {
    name: 'ListObjectsV2: a key is listed as it was sent',
    breaks: 'an ampersand is escaped twice',
    specs: keys('a-listing'),
    lie: writing(isList, 200, /&amp;/g, '&amp;amp;'),
  },
  {
    name: 'CopyObject: a source is found whatever its key is',
    breaks: 'one whose key is not ASCII is NoSuchKey',
    specs: keys('a-copy'),
    lie: refusing(
      (passing) => isCopy(passing) && /%[89A-F]/.test(sent(passing, 'x-amz-copy-source')),
      error(404, 'NoSuchKey'),
    ),
  },
  {
    name: 'presigned PutObject: keys that differ in one character are two keys',
    breaks: 'the key is decoded twice',
    specs: keys('a-presigned'),
    lie: confusing(isPresigned, /%2541/g, 'A'),
  },
  {
    name: 'DeleteObjects: an entry deletes the key that it names',
    breaks: 'a key that is not ASCII is reported as deleted, and is there',
    specs: keys('deleteobjects'),
    lie: { ...reading(isDeleteMany, new RegExp(SUN, 'g'), '?'), ...writing(isDeleteMany, 200, /\?b/g, `${SUN}b`) },
  },
  {
    name: 'CompleteMultipartUpload: returns the key that it has created',
    breaks: 'an apostrophe is left out',
    specs: keys('a-multipart'),
    lie: writing(isComplete, 200, /'/g, ''),
  },
  {
    name: 'PutObject: keys are flat',
    breaks: 'an object in a folder keeps everybody from its parent',
    specs: keys('keys-are-flat'),
    lie: after(isPut, (has) =>
      refusing((passing) => isPut(passing) && has({ ...passing, path: `${keyIn(passing)}/b` }), error(409, 'Conflict')),
    ),
  },
  {
    name: 'PutObject: a key can have 1,024 bytes',
    breaks: 'the last ones are cut off',
    specs: keys('a-key-can-have'),
    lie: confusing(isCreating, /(?<=^.{1040}).*/, ''),
  },
]
