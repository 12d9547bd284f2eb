import type { Lie } from '../../proxy/liar'
import { isDelete, isDeleteMany, reading, writing } from './changing-lies'
import { behind, error, having, ignoring, insteadOf, missing, refused, refusing } from './lies'
import type { Mutant } from './mutant'

const deleting = (spec: string): string[] => [`specs/delete/${spec}`]
const ofAVersion = having(isDelete, 'if-match', /./)
const size = 'x-amz-if-match-size'
const time = 'x-amz-if-match-last-modified-time'
const ETAG = /<ETag>.*?<\/ETag>/g

/** Deletes all that is named, and says of some that it has refused them. */
const deletingBehind: Lie = {
  ...reading(isDeleteMany, ETAG, ''),
  change: (passing, answer) =>
    isDeleteMany(passing)
      ? {
          ...answer,
          body: answer.body.replace(
            /<Deleted>\s*<Key>(.*?)<\/Key>.*?<\/Deleted>/gs,
            `<Error><Key>$1</Key><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message></Error>`,
          ),
        }
      : answer,
}

const ofOne: Mutant[] = [
  {
    name: 'DeleteObject: If-Match is looked at',
    breaks: 'it is not',
    specs: deleting('if-match-deletes-only'),
    lie: ignoring(isDelete, 'if-match'),
  },
  {
    name: 'DeleteObject that is refused deletes nothing',
    breaks: 'it deletes behind the 412',
    specs: deleting('if-match-deletes-only'),
    lie: behind(having(isDelete, 'if-match', /^"?0{32}/), refused('If-Match')),
  },
  {
    name: 'DeleteObject: the 412 names its Condition',
    breaks: 'it names none',
    specs: deleting('if-match-deletes-only'),
    lie: writing(isDelete, 412, /<Condition>.*<\/Condition>/, ''),
  },
  {
    name: 'DeleteObject with If-Match is implemented',
    breaks: 'it is 501',
    specs: deleting('if-match-deletes-only'),
    lie: refusing(having(isDelete, 'if-match', /./), error(501, 'NotImplemented', { Header: 'If-Match' })),
  },
  {
    name: 'DeleteObject takes an entity tag without quotes',
    breaks: 'it matches nothing',
    specs: deleting('the-quotes'),
    lie: refusing(having(isDelete, 'if-match', /^[0-9a-f]/), refused('If-Match')),
  },
  {
    name: 'DeleteObject takes If-Match: *',
    breaks: 'the star is an entity tag like others',
    specs: deleting('if-match-star'),
    lie: refusing(having(isDelete, 'if-match', /^\*$/), refused('If-Match')),
  },
  {
    name: 'DeleteObject with If-Match: * is 404 where there is nothing',
    breaks: 'it is 204',
    specs: deleting('if-match-star'),
    lie: ignoring(having(isDelete, 'if-match', /^\*$/), 'if-match'),
  },
  {
    name: 'DeleteObject with an entity tag is 404 where there is nothing',
    breaks: 'it is 412',
    specs: deleting('if-match-is-404'),
    lie: insteadOf(404, isDelete, refused('If-Match')),
  },
  {
    name: 'DeleteObject without a condition is 204 where there is nothing',
    breaks: 'it is 404',
    specs: deleting('if-match-is-404'),
    lie: insteadOf(204, isDelete, missing),
  },
  {
    name: 'A delete marker is 404 to a delete with If-Match',
    breaks: 'it is 412, as the user guide has it',
    specs: deleting('a-delete-marker-is-404'),
    lie: insteadOf(404, isDelete, refused('If-Match')),
  },
  {
    name: 'A delete with If-Match makes no second delete marker',
    breaks: 'it does',
    specs: deleting('a-delete-marker-is-404'),
    lie: ignoring(isDelete, 'if-match'),
  },
  {
    name: 'A delete with If-Match says that it has made a delete marker',
    breaks: 'it does not',
    specs: deleting('if-match-makes-a-delete-marker'),
    lie: {
      change: (passing, { status, headers: { 'x-amz-delete-marker': marker, ...headers }, body }) =>
        isDelete(passing)
          ? { status, headers, body }
          : { status, headers: { ...headers, ...(marker && { 'x-amz-delete-marker': marker }) }, body },
    },
  },
  {
    name: 'If-Match and a version id are 501',
    breaks: 'If-Match is not looked at beside it',
    specs: deleting('if-match-is-501'),
    lie: ignoring((passing) => ofAVersion(passing) && passing.path.includes('versionId='), 'if-match'),
  },
  {
    name: 'DeleteObject: x-amz-if-match-size is 501',
    breaks: 'it is not looked at',
    specs: deleting('size-and-time'),
    lie: ignoring(isDelete, size),
  },
  {
    name: 'DeleteObject: x-amz-if-match-last-modified-time is 501',
    breaks: 'it is not looked at',
    specs: deleting('size-and-time'),
    lie: ignoring(isDelete, time),
  },
  {
    name: 'DeleteObject: 501 comes before 412',
    breaks: '412 comes first',
    specs: deleting('size-and-time'),
    lie: refusing(having(having(isDelete, size, /./), 'if-match', /./), refused('If-Match')),
  },
]

const ofMany: Mutant[] = [
  {
    name: 'DeleteObjects: ETag is looked at',
    breaks: 'it is not',
    specs: deleting('an-entry-of-deleteobjects'),
    lie: reading(isDeleteMany, ETAG, ''),
  },
  {
    name: 'DeleteObjects keeps what it lists under Errors',
    breaks: 'it deletes it',
    specs: deleting('an-entry-of-deleteobjects'),
    lie: deletingBehind,
  },
  {
    name: 'DeleteObjects: the Code is PreconditionFailed',
    breaks: 'it is that of directory buckets',
    specs: deleting('an-entry-of-deleteobjects'),
    lie: writing(isDeleteMany, 200, /PreconditionFailed/g, '412 Precondition Failed'),
  },
  {
    name: 'DeleteObjects: a refused entry keeps none of the others',
    breaks: 'all of the request is refused',
    specs: deleting('each-entry'),
    lie: {
      change: (passing, answer) =>
        isDeleteMany(passing) && answer.body.includes('<Error>')
          ? { ...answer, status: 412, body: '<Error><Code>PreconditionFailed</Code><Message>no</Message></Error>' }
          : answer,
    },
  },
  {
    name: 'DeleteObjects: each entry has an ETag of its own',
    breaks: 'that of the first counts for all',
    specs: deleting('each-entry'),
    lie: reading(isDeleteMany, /(?<=<\/Object>.*)<ETag>.*?<\/ETag>/gs, ''),
  },
  {
    name: 'DeleteObjects: the ETag * takes any object',
    breaks: 'it is an entity tag like others',
    specs: deleting('an-entry-with-a-star'),
    lie: reading(isDeleteMany, /<ETag>\*<\/ETag>/g, '<ETag>&quot;0&quot;</ETag>'),
  },
  {
    name: 'DeleteObjects: an entry with an ETag is no success where there is nothing',
    breaks: 'it is one',
    specs: deleting('an-entry-with-an-etag'),
    lie: reading(isDeleteMany, ETAG, ''),
  },
  {
    name: 'DeleteObjects: an entry without an ETag is a success where there is nothing',
    breaks: 'it is an error',
    specs: deleting('an-entry-without-an-etag'),
    lie: writing(
      isDeleteMany,
      200,
      /<Deleted>\s*<Key>(.*?)<\/Key>.*?<\/Deleted>/gs,
      '<Error><Key>$1</Key><Code>NoSuchKey</Code><Message>no</Message></Error>',
    ),
  },
  {
    name: 'DeleteObjects: a version that there is not is an error',
    breaks: 'it is a success',
    specs: deleting('an-entry-without-an-etag'),
    lie: writing(isDeleteMany, 200, /<Error>.*?<Key>(.*?)<\/Key>.*?<\/Error>/gs, '<Deleted><Key>$1</Key></Deleted>'),
  },
  {
    name: 'DeleteObjects: Size is refused',
    breaks: 'it is not looked at',
    specs: deleting('an-entry-with-size-or-time'),
    lie: reading(isDeleteMany, /<Size>.*?<\/Size>/g, ''),
  },
  {
    name: 'DeleteObjects: LastModifiedTime is refused',
    breaks: 'it is not looked at',
    specs: deleting('an-entry-with-size-or-time'),
    lie: reading(isDeleteMany, /<LastModifiedTime>.*?<\/LastModifiedTime>/g, ''),
  },
  {
    name: 'DeleteObjects: Size is refused before anything is deleted',
    breaks: 'the other entries are deleted',
    specs: deleting('an-entry-with-size-or-time'),
    lie: reading(isDeleteMany, /(?<=<\/Object>)<Object>(?:(?!<\/Object>).)*<Size>.*?<\/Object>/gs, ''),
  },
  {
    name: 'DeleteObjects: a listing that is sent back deletes nothing',
    breaks: 'its Size is not looked at',
    specs: deleting('a-listing-sent-back'),
    lie: reading(isDeleteMany, /<Size>.*?<\/Size>/g, ''),
  },
  {
    name: 'DeleteObjects takes no more than a thousand keys',
    breaks: 'it does not look at the last ones',
    specs: deleting('deleteobjects-takes'),
    lie: { body: (passing, body) => (isDeleteMany(passing) ? firstThousand(body) : body) },
  },
  {
    name: 'DeleteObjects takes a thousand keys',
    breaks: 'it takes 999',
    specs: deleting('deleteobjects-takes'),
    lie: {
      body: (passing, body) =>
        isDeleteMany(passing) && body.split('<Object>').length > 1000 ? '<Delete></Delete>' : body,
    },
  },
]

function firstThousand(body: string): string {
  const objects = body.match(/<Object>.*?<\/Object>/gs) ?? []
  return objects.length > 1000 ? body.replace(/<Object>.*<\/Object>/s, objects.slice(0, 1000).join('')) : body
}

export const deletes: readonly Mutant[] = [...ofOne, ...ofMany]
