import { type Mutant, mutants } from './mutant'
import {
  error,
  having,
  ignoring,
  instead,
  later,
  mistaking,
  noSuchKey,
  preconditionFailed,
  reads,
  refusing,
  worded,
} from './overrides'
import { answering, isGet, isRead } from './wire'

const conditions = {
  'If-Match': ['ifMatch', 'if-match-reads-only-the-named-etag'],
  'If-None-Match': ['ifNoneMatch', 'if-none-match-returns-304-for-the-current-etag'],
  'If-Modified-Since': ['ifModifiedSince', 'if-modified-since-returns-304-unless-modified-after-the-date'],
  'If-Unmodified-Since': ['ifUnmodifiedSince', 'if-unmodified-since-fails-if-modified-after-the-date'],
} as const

/** Each condition of each read, not looked at. */
const dropped: Mutant[] = (['GetObject', 'HeadObject'] as const).flatMap((operation) =>
  Object.entries(conditions).flatMap(([header, [member, spec]]) =>
    mutants('read', {
      [spec]: { [`${operation}: ${header} is looked at`]: { 'it is not': ignoring(operation, member) } },
    }),
  ),
)

const withoutQuotes = /^[0-9a-f]{32}$/
/** A 304 with other headers; one that is undefined is left out. */
const instead304 = (headers: Record<string, string | undefined>) =>
  instead(304, reads, (_, was) => {
    const all = Object.entries({ ...was.headers, ...headers }).filter(([, value]) => value !== undefined)
    return { ...was, headers: Object.fromEntries(all) as Record<string, string> }
  })

export const read: readonly Mutant[] = [
  ...dropped,
  ...mutants('read', {
    'if-match-reads-only-the-named-etag': {
      'A read whose If-Match fails answers 412': { 'it answers 304': instead(412, reads, { status: 304 }) },
    },
    'if-none-match-returns-304-for-the-current-etag': {
      'A read whose If-None-Match fails answers 304': { 'it answers 412': instead(304, reads, 'If-None-Match') },
    },
    'a-412-to-get-names-the-condition-and-to-head-has-no-body': {
      'A 412 has the Code PreconditionFailed': {
        'the Code is Precondition Failed': instead(412, 'GetObject', worded({ code: 'Precondition Failed' })),
      },
      'A 412 names its Condition': { 'it names none': instead(412, 'GetObject', preconditionFailed()) },
      'A 412 names the Condition that failed': { 'it names If-Match always': instead(412, 'GetObject', 'If-Match') },
      'The Message of a 412 has no full stop': {
        'it has one': instead(412, 'GetObject', (_, was) => ({ ...was, message: `${was.message}.` })),
      },
    },
    'a-304-carries-etag-and-last-modified-and-no-body': {
      'A 304 carries ETag': { 'it carries none': instead304({ etag: undefined }) },
      'The ETag of a 304 is strong': {
        'it is weak': instead(304, reads, (_, was) => ({
          ...was,
          headers: { ...was.headers, etag: `W/${was.headers?.etag}` },
        })),
      },
      'A 304 carries Last-Modified': { 'it carries none': instead304({ 'last-modified': undefined }) },
      'A 304 has no Content-Type': {
        'it has that of the object': instead304({ 'content-type': 'application/octet-stream' }),
      },
      'A 304 has no checksum': {
        'it has that of the object': instead304({
          ...{ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-type': 'FULL_OBJECT' },
        }),
      },
    },
    'a-list-matches-if-one-of-its-etags-matches': {
      'A read looks at every entity tag of an If-Match': {
        'at the first alone': mistaking(reads, 'ifMatch', (value) => value.split(',')[0]),
      },
      'A read looks at every entity tag of an If-None-Match': {
        'a list is not looked at': ignoring(having(reads, 'ifNoneMatch', /,/), 'ifNoneMatch'),
      },
    },
    'a-wildcard-matches-any-etag': {
      'A read with If-Match: * takes every object': {
        'the star is an entity tag like others': mistaking(reads, 'ifMatch', (tag) => tag.replace('*', '"*"')),
      },
      'A read with If-None-Match: * answers 304': {
        'the star is an entity tag like others': mistaking(reads, 'ifNoneMatch', (tag) => tag.replace('*', '"*"')),
      },
    },
    'the-quotes-of-an-etag-are-optional': {
      'A read takes If-Match without quotes': {
        'it answers 412': refusing(having(reads, 'ifMatch', withoutQuotes), 'If-Match'),
      },
      'A read takes If-None-Match without quotes': {
        'it does not look at it': ignoring(having(reads, 'ifNoneMatch', withoutQuotes), 'ifNoneMatch'),
      },
    },
    'if-modified-since-returns-304-unless-modified-after-the-date': {
      'If-Modified-Since is compared to the second: modified a second later is 200': {
        'within a second it is 304': mistaking(reads, 'ifModifiedSince', later(1)),
      },
      'If-Modified-Since is compared to the second: Last-Modified itself is 304': {
        'it is 200': mistaking(reads, 'ifModifiedSince', later(-1)),
      },
    },
    'if-unmodified-since-fails-if-modified-after-the-date': {
      'If-Unmodified-Since is compared to the second: modified a second later is 412': {
        'within a second it is 200': mistaking(reads, 'ifUnmodifiedSince', later(1)),
      },
      'If-Unmodified-Since is compared to the second: Last-Modified itself is 200': {
        'it is 412': mistaking(reads, 'ifUnmodifiedSince', later(-1)),
      },
    },
    'date-conditions-hold-for-a-date-one-day-ahead': {
      'If-Modified-Since a day ahead is ignored': {
        'it is 304': mistaking(reads, 'ifModifiedSince', (date) =>
          new Date(date) > new Date() ? new Date().toUTCString() : date,
        ),
      },
    },
    'if-modified-since-is-ignored-unless-it-is-an-http-date': {
      'If-Modified-Since that is no HTTP date is ignored': {
        'it is read as the date that it means': mistaking(reads, 'ifModifiedSince', later(0)),
      },
      'If-Modified-Since that is no HTTP date is no error': {
        'it is 400': refusing(having(reads, 'ifModifiedSince', /\.000 GMT|\+0000/), error(400, 'InvalidArgument')),
      },
    },
    'a-missing-key-fails-with-404-regardless-of-preconditions': {
      'A missing key is 404 to If-Match': { 'it is 412': instead(404, having(reads, 'ifMatch'), 'If-Match') },
      'A missing key is 404 to If-None-Match: *': {
        'it is 304': instead(404, having(reads, 'ifNoneMatch'), { status: 304 }),
      },
    },
    'a-missing-key-fails-with-403-without-list-permission': {
      'A missing key is 403 to a caller who may not list': { 'it is 404': instead(403, reads, noSuchKey) },
    },
    'a-read-of-a-delete-marker-fails-with-404-or-405': {
      'A delete marker is 404 with x-amz-delete-marker': { 'it does not say so': instead(404, reads, noSuchKey) },
      'A delete marker that is addressed by its version is 405': { 'it is 404': instead(405, reads, noSuchKey) },
    },
    'preconditions-are-evaluated-before-the-range': {
      'If-Match comes before the range': {
        'beside a range it is not looked at': ignoring(having('GetObject', 'range'), 'ifMatch'),
      },
      'If-None-Match comes before the range': {
        'beside a range it is not looked at': ignoring(having('GetObject', 'range'), 'ifNoneMatch'),
      },
    },
    'if-range-reads-the-whole-object-when-it-has-changed': {
      'If-Range with the current entity tag reads the range': {
        'all of the object is read': ignoring(having('GetObject', 'ifRange'), 'range'),
      },
      'If-Range with another entity tag reads all': { 'it is not looked at': ignoring('GetObject', 'ifRange') },
    },
    'a-part-number-reads-that-part': {
      'The ETag of a part that is read is that of the object': {
        'it is another one': answering(isGet, 206, { etag: '"00000000000000000000000000000000"' }),
      },
    },
    'the-etag-is-the-same-in-every-response': {
      'The ETag of an object is strong': {
        'a proxy makes it weak': {
          response: (passing, answer) =>
            isRead(passing) && answer.status === 200
              ? { ...answer, headers: { ...answer.headers, etag: `W/${answer.headers.etag}` } }
              : answer,
        },
      },
    },
  }),
]
