import type { Lie } from '../../proxy/liar'
import { answering, isGet, isHead, isRead, later, mistaking, writing } from './changing-lies'
import { error, having, ignoring, insteadOf, type Meant, missing, refused, refusing, sent } from './lies'
import type { Mutant } from './mutant'

const conditions = {
  'If-Match': 'if-match-reads-only-the-named-entity-tag',
  'If-None-Match': 'if-none-match-answers-304-for-the-current-entity-tag',
  'If-Modified-Since': 'if-modified-since-answers-304-unless-modified-after-the-date',
  'If-Unmodified-Since': 'if-unmodified-since-refuses-what-was-modified-after-the-date',
} as const

const read = (spec: string): string[] => [`specs/read/${spec}`]

/** Each condition of each read, not looked at. */
const dropped: Mutant[] = ([['GetObject', isGet] as const, ['HeadObject', isHead] as const] as const).flatMap(
  ([operation, meant]) =>
    Object.entries(conditions).map(([header, spec]) => ({
      name: `${operation}: ${header} is looked at`,
      breaks: 'it is not',
      specs: read(spec),
      lie: ignoring(meant, header.toLowerCase()),
    })),
)

const isFuture: Meant = (passing) => isRead(passing) && new Date(sent(passing, 'if-modified-since')) > new Date()
const malformed = having(isRead, 'if-modified-since', /\.000 GMT|\+0000/)
const withoutQuotes = (header: string) => having(isRead, header, /^[0-9a-f]{32}$/)

const weakening = (status: number): Lie => ({
  change: (passing, answer) =>
    isRead(passing) && answer.status === status
      ? { ...answer, headers: { ...answer.headers, etag: `W/${answer.headers.etag}` } }
      : answer,
})

const right: Mutant[] = [
  {
    name: 'A read whose If-Match fails answers 412',
    breaks: 'it answers 304',
    specs: read(conditions['If-Match']),
    lie: insteadOf(412, isRead, { status: 304 }),
  },
  {
    name: 'A read whose If-None-Match fails answers 304',
    breaks: 'it answers 412',
    specs: read(conditions['If-None-Match']),
    lie: insteadOf(304, isRead, refused('If-None-Match')),
  },
  {
    name: 'A 412 has the Code PreconditionFailed',
    breaks: 'the Code is Precondition Failed',
    specs: read('a-412-names-the-condition'),
    lie: writing(isGet, 412, /PreconditionFailed/, 'Precondition Failed'),
  },
  {
    name: 'A 412 names its Condition',
    breaks: 'it names none',
    specs: read('a-412-names-the-condition'),
    lie: writing(isGet, 412, /<Condition>.*<\/Condition>/, ''),
  },
  {
    name: 'A 412 names the Condition that failed',
    breaks: 'it names If-Match always',
    specs: read('a-412-names-the-condition'),
    lie: writing(isGet, 412, /<Condition>.*<\/Condition>/, '<Condition>If-Match</Condition>'),
  },
  {
    name: 'The Message of a 412 has no full stop',
    breaks: 'it has one',
    specs: read('a-412-names-the-condition'),
    lie: writing(isGet, 412, /<\/Message>/, '.</Message>'),
  },
  {
    name: 'A 304 carries ETag',
    breaks: 'it carries none',
    specs: read('a-304-carries-the-validators'),
    lie: answering(isRead, 304, { etag: undefined }),
  },
  {
    name: 'The ETag of a 304 is strong',
    breaks: 'it is weak',
    specs: read('a-304-carries-the-validators'),
    lie: weakening(304),
  },
  {
    name: 'A 304 carries Last-Modified',
    breaks: 'it carries none',
    specs: read('a-304-carries-the-validators'),
    lie: answering(isRead, 304, { 'last-modified': undefined }),
  },
  {
    name: 'A 304 has no Content-Type',
    breaks: 'it has that of the object',
    specs: read('a-304-carries-the-validators'),
    lie: answering(isRead, 304, { 'content-type': 'application/octet-stream' }),
  },
  {
    name: 'A 304 has no checksum',
    breaks: 'it has that of the object',
    specs: read('a-304-carries-the-validators'),
    lie: answering(isRead, 304, { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-type': 'FULL_OBJECT' }),
  },
  {
    name: 'A read looks at every entity tag of an If-Match',
    breaks: 'at the first alone',
    specs: read('a-list-matches'),
    lie: mistaking(isRead, 'if-match', (value) => value.split(',')[0]),
  },
  {
    name: 'A read looks at every entity tag of an If-None-Match',
    breaks: 'a list is not looked at',
    specs: read('a-list-matches'),
    lie: ignoring(having(isRead, 'if-none-match', /,/), 'if-none-match'),
  },
  {
    name: 'A read with If-Match: * takes every object',
    breaks: 'the star is an entity tag like others',
    specs: read('a-star-matches'),
    lie: refusing(having(isRead, 'if-match', /^\*$/), refused('If-Match')),
  },
  {
    name: 'A read with If-None-Match: * answers 304',
    breaks: 'the star is an entity tag like others',
    specs: read('a-star-matches'),
    lie: ignoring(having(isRead, 'if-none-match', /^\*$/), 'if-none-match'),
  },
  {
    name: 'A read takes If-Match without quotes',
    breaks: 'it answers 412',
    specs: read('the-quotes'),
    lie: refusing(withoutQuotes('if-match'), refused('If-Match')),
  },
  {
    name: 'A read takes If-None-Match without quotes',
    breaks: 'it does not look at it',
    specs: read('the-quotes'),
    lie: ignoring(withoutQuotes('if-none-match'), 'if-none-match'),
  },
  {
    name: 'If-Modified-Since is compared to the second: modified a second later is 200',
    breaks: 'within a second it is 304',
    specs: read(conditions['If-Modified-Since']),
    lie: mistaking(isRead, 'if-modified-since', later(1)),
  },
  {
    name: 'If-Modified-Since is compared to the second: Last-Modified itself is 304',
    breaks: 'it is 200',
    specs: read(conditions['If-Modified-Since']),
    lie: mistaking(isRead, 'if-modified-since', later(-1)),
  },
  {
    name: 'If-Unmodified-Since is compared to the second: modified a second later is 412',
    breaks: 'within a second it is 200',
    specs: read(conditions['If-Unmodified-Since']),
    lie: mistaking(isRead, 'if-unmodified-since', later(1)),
  },
  {
    name: 'If-Unmodified-Since is compared to the second: Last-Modified itself is 200',
    breaks: 'it is 412',
    specs: read(conditions['If-Unmodified-Since']),
    lie: mistaking(isRead, 'if-unmodified-since', later(-1)),
  },
  {
    name: 'If-Modified-Since a day ahead is ignored',
    breaks: 'it is 304',
    specs: read('a-date-a-day-ahead'),
    lie: refusing(isFuture, { status: 304 }),
  },
  {
    name: 'If-Modified-Since that is no HTTP date is ignored',
    breaks: 'it is read as the date that it means',
    specs: read('a-date-that-is-no-http-date'),
    lie: mistaking(isRead, 'if-modified-since', later(0)),
  },
  {
    name: 'If-Modified-Since that is no HTTP date is no error',
    breaks: 'it is 400',
    specs: read('a-date-that-is-no-http-date'),
    lie: refusing(malformed, error(400, 'InvalidArgument')),
  },
  {
    name: 'A missing key is 404 to If-Match',
    breaks: 'it is 412',
    specs: read('a-missing-key-is-404'),
    lie: insteadOf(404, having(isRead, 'if-match', /./), refused('If-Match')),
  },
  {
    name: 'A missing key is 404 to If-None-Match: *',
    breaks: 'it is 304',
    specs: read('a-missing-key-is-404'),
    lie: insteadOf(404, having(isRead, 'if-none-match', /./), { status: 304 }),
  },
  {
    name: 'A missing key is 403 to a caller who may not list',
    breaks: 'it is 404',
    specs: read('a-missing-key-is-403'),
    lie: insteadOf(403, isRead, missing),
  },
  {
    name: 'A delete marker is 404 with x-amz-delete-marker',
    breaks: 'it does not say so',
    specs: read('a-delete-marker-is-404'),
    lie: answering(isRead, 404, { 'x-amz-delete-marker': undefined }),
  },
  {
    name: 'A delete marker that is addressed by its version is 405',
    breaks: 'it is 404',
    specs: read('a-delete-marker-is-404'),
    lie: insteadOf(405, isRead, missing),
  },
  {
    name: 'If-Match comes before the range',
    breaks: 'beside a range it is not looked at',
    specs: read('a-precondition-comes-before-the-range'),
    lie: ignoring(having(isGet, 'range', /./), 'if-match'),
  },
  {
    name: 'If-None-Match comes before the range',
    breaks: 'beside a range it is not looked at',
    specs: read('a-precondition-comes-before-the-range'),
    lie: ignoring(having(isGet, 'range', /./), 'if-none-match'),
  },
  {
    name: 'If-Range with the current entity tag reads the range',
    breaks: 'all of the object is read',
    specs: read('if-range'),
    lie: ignoring(having(isGet, 'if-range', /./), 'range'),
  },
  {
    name: 'If-Range with another entity tag reads all',
    breaks: 'it is not looked at',
    specs: read('if-range'),
    lie: ignoring(isGet, 'if-range'),
  },
  {
    name: 'The ETag of a part that is read is that of the object',
    breaks: 'it is another one',
    specs: read('a-part-number'),
    lie: answering(isGet, 206, { etag: '"00000000000000000000000000000000"' }),
  },
  {
    name: 'The ETag of an object is strong',
    breaks: 'a proxy makes it weak',
    specs: read('the-entity-tag-is-the-same'),
    lie: weakening(200),
  },
]

export const reads: readonly Mutant[] = [...dropped, ...right]
