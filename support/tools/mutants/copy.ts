import type { Lie, Said } from '../../proxy/liar'
import { answering, isCopy, isPartCopy, later, mistaking, writing } from './changing-lies'
import { error, having, ignoring, insteadOf, type Meant, refused, refusing } from './lies'
import type { Mutant } from './mutant'

const SOURCE = 'x-amz-copy-source-'
const conditions = {
  'if-match': 'if-match-copies-only',
  'if-none-match': 'if-none-match-answers-412',
  'if-modified-since': 'if-modified-since',
  'if-unmodified-since': 'if-unmodified-since',
} as const
const onSource = Object.keys(conditions).map((name) => SOURCE + name)

const isAnyCopy: Meant = (passing) => isCopy(passing) || isPartCopy(passing)
const source = (spec: string): string[] => [`specs/copy-source/${spec}`]
const destination = (spec: string): string[] => [`specs/copy-destination/${spec}`]

/** Each condition on the source of each copy, not looked at. */
const dropped: Mutant[] = ([['CopyObject', isCopy] as const, ['UploadPartCopy', isPartCopy] as const] as const).flatMap(
  ([operation, meant]) =>
    Object.entries(conditions).map(([name, spec]) => ({
      name: `${operation}: ${SOURCE}${name} is looked at`,
      breaks: 'it is not',
      specs: source(spec),
      lie: ignoring(meant, SOURCE + name),
    })),
)

/** Copies in spite of these conditions, and says so where it should have refused. */
function copyingBehind(meant: Meant, headers: readonly string[], said: Said): Lie {
  const another = /^"?0{32}"?$/
  return {
    request(passing) {
      const header = headers.find((name) => another.test(String(passing.headers[name] ?? '')))
      if (!header || !meant(passing)) return undefined
      delete passing.headers[header]
      passing.headers['x-liar'] = 'refuse'
      return undefined
    },
    answer: (passing) => (passing.headers['x-liar'] ? said : undefined),
  }
}

const onSources: Mutant[] = [
  {
    name: 'CopyObject: a source condition that fails on none-match is 412',
    breaks: 'it is 304',
    specs: source('if-none-match-answers-412'),
    lie: insteadOf(412, having(isCopy, `${SOURCE}if-none-match`, /./), { status: 304 }),
  },
  {
    name: 'A 412 to a copy names the whole header',
    breaks: 'it names the end of it',
    specs: source('a-412-names-the-condition'),
    lie: writing(isAnyCopy, 412, /x-amz-copy-source-If/, 'If'),
  },
  {
    name: 'A 412 to a copy names the header in S3’s mixture of cases',
    breaks: 'in small letters',
    specs: source('a-412-names-the-condition'),
    lie: writing(isAnyCopy, 412, /x-amz-copy-source-If-Match/, 'x-amz-copy-source-if-match'),
  },
  {
    name: 'CopyObject that is refused by its source copies nothing',
    breaks: 'it copies behind the 412',
    specs: source('a-refused-copy'),
    lie: copyingBehind(isCopy, onSource, refused('x-amz-copy-source-If-Match')),
  },
  {
    name: 'UploadPartCopy that is refused stores no part',
    breaks: 'it stores it behind the 412',
    specs: source('a-refused-copy'),
    lie: copyingBehind(isPartCopy, onSource, refused('x-amz-copy-source-If-Match')),
  },
  {
    name: 'A copy is refused with 412',
    breaks: 'inside a 200',
    specs: source('if-match-copies-only'),
    lie: insteadOf(412, isAnyCopy, error(200, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })),
  },
  {
    name: 'CopyObject takes x-amz-copy-source-if-match: *',
    breaks: 'the star is an entity tag like others',
    specs: source('a-star-and-a-list'),
    lie: refusing(having(isCopy, `${SOURCE}if-match`, /^\*$/), refused('x-amz-copy-source-If-Match')),
  },
  {
    name: 'CopyObject looks at every entity tag of a list',
    breaks: 'at the first alone',
    specs: source('a-star-and-a-list'),
    lie: mistaking(isCopy, `${SOURCE}if-match`, (value) => value.split(',')[0]),
  },
  {
    name: 'CopyObject looks at every entity tag of a list that must not match',
    breaks: 'a list is not looked at',
    specs: source('a-star-and-a-list'),
    lie: ignoring(having(isCopy, `${SOURCE}if-none-match`, /,/), `${SOURCE}if-none-match`),
  },
  {
    name: 'CopyObject takes an entity tag without quotes',
    breaks: 'it matches nothing',
    specs: source('the-quotes'),
    lie: refusing(having(isCopy, `${SOURCE}if-match`, /^[0-9a-f]/), refused('x-amz-copy-source-If-Match')),
  },
  {
    name: 'CopyObject: if-modified-since is compared to the second',
    breaks: 'what was modified a second later is refused',
    specs: source('if-modified-since-answers-412'),
    lie: mistaking(isCopy, `${SOURCE}if-modified-since`, later(1)),
  },
  {
    name: 'UploadPartCopy: if-modified-since is compared to the second',
    breaks: 'what was modified a second later is refused',
    specs: source('if-modified-since-holds-for-a-part'),
    lie: mistaking(isPartCopy, `${SOURCE}if-modified-since`, later(1)),
  },
  {
    name: 'A copy: if-unmodified-since is compared to the second',
    breaks: 'what was modified a second later is copied',
    specs: source('if-unmodified-since'),
    lie: mistaking(isAnyCopy, `${SOURCE}if-unmodified-since`, later(1)),
  },
  {
    name: 'A copy: if-modified-since a day ahead is ignored',
    breaks: 'it refuses',
    specs: source('a-date-a-day-ahead'),
    lie: mistaking(isAnyCopy, `${SOURCE}if-modified-since`, (date) =>
      new Date(date) > new Date() ? later(-86400)(date) : date,
    ),
  },
  {
    name: 'A source condition that is no HTTP date is ignored',
    breaks: 'it is read as the date that it means',
    specs: source('a-date-that-is-no-http-date'),
    lie: mistaking(isCopy, `${SOURCE}if-unmodified-since`, later(0)),
  },
  {
    name: 'A versioned source is compared by its Last-Modified',
    breaks: 'not at all',
    specs: source('a-versioned-source'),
    lie: ignoring(isCopy, `${SOURCE}if-modified-since`, `${SOURCE}if-unmodified-since`),
  },
  {
    name: 'A copy names the version of its source',
    breaks: 'it names none',
    specs: source('the-current-version-of-the-source'),
    lie: answering(isAnyCopy, 200, { 'x-amz-copy-source-version-id': undefined }),
  },
  {
    name: 'The current version of a source is compared',
    breaks: 'any',
    specs: source('the-current-version-of-the-source'),
    lie: ignoring(isAnyCopy, `${SOURCE}if-match`),
  },
  {
    name: 'A source that a key of the customer encrypts is compared',
    breaks: 'it is not',
    specs: source('a-source-under-a-key'),
    lie: ignoring(having(isCopy, `${SOURCE}server-side-encryption-customer-algorithm`, /./), `${SOURCE}if-match`),
  },
  {
    name: 'UploadPartCopy: a source condition comes before the range',
    breaks: 'beside a range it is not looked at',
    specs: source('a-precondition-comes-before-the-range'),
    lie: ignoring(having(isPartCopy, `${SOURCE}range`, /./), `${SOURCE}if-match`),
  },
]

const onDestinations: Mutant[] = [
  {
    name: 'CopyObject: If-Match on the destination is looked at',
    breaks: 'it is not',
    specs: destination('if-match-overwrites-only'),
    lie: ignoring(isCopy, 'if-match'),
  },
  {
    name: 'CopyObject: If-None-Match: * on the destination is looked at',
    breaks: 'it is not',
    specs: destination('if-none-match-star'),
    lie: ignoring(isCopy, 'if-none-match'),
  },
  {
    name: 'CopyObject that is refused by its destination leaves it',
    breaks: 'it copies behind the 412',
    specs: destination('if-match-overwrites-only'),
    lie: copyingBehind(isCopy, ['if-match'], refused('If-Match')),
  },
  {
    name: 'CopyObject with If-Match is 404 where there is nothing',
    breaks: 'it is 412',
    specs: destination('if-match-is-404'),
    lie: insteadOf(404, having(isCopy, 'if-match', /./), refused('If-Match')),
  },
  {
    name: 'The 404 to a copy names the key of the destination',
    breaks: 'it names none',
    specs: destination('if-match-is-404'),
    lie: writing(isCopy, 404, /<Key>.*<\/Key>/, ''),
  },
  {
    name: 'CopyObject takes no entity tag in If-None-Match',
    breaks: 'it does not look at it',
    specs: destination('other-values'),
    lie: ignoring(having(isCopy, 'if-none-match', /[^*]/), 'if-none-match'),
  },
  {
    name: 'CopyObject takes no star in If-Match',
    breaks: 'it answers 404 where there is nothing',
    specs: destination('other-values'),
    lie: mistaking(isCopy, 'if-match', (value) => (value === '*' ? '"0"' : value)),
  },
  {
    name: 'CopyObject takes no two conditions on the destination',
    breaks: 'it does not look at If-None-Match then',
    specs: destination('other-values'),
    lie: ignoring(having(isCopy, 'if-match', /./), 'if-none-match'),
  },
  {
    name: 'The 501 names both headers',
    breaks: 'it names If-Match',
    specs: destination('other-values'),
    lie: writing(isCopy, 501, /If-Match,If-None-Match/, 'If-Match'),
  },
  {
    name: 'Conditions on source and destination must both hold',
    breaks: 'beside one on the source, that on the destination is not looked at',
    specs: destination('source-and-destination'),
    lie: ignoring(having(isCopy, `${SOURCE}if-match`, /./), 'if-match'),
  },
  {
    name: 'A condition of another store is ignored',
    breaks: 'it is looked at',
    specs: destination('a-header-of-another-store'),
    lie: {
      request(passing) {
        if ('cf-copy-destination-if-none-match' in passing.headers) passing.headers['if-none-match'] = '*'
        return undefined
      },
    },
  },
]

export const copies: readonly Mutant[] = [...dropped, ...onSources, ...onDestinations]
