import { type Mutant, mutants } from './mutant'
import {
  asIf,
  behind,
  carrying,
  copies,
  having,
  ignoring,
  instead,
  lacking,
  later,
  mistaking,
  preconditionFailed,
  refusing,
  worded,
} from './overrides'
import { answering, isAnyCopy } from './wire'

const conditions = {
  'if-match': ['copySourceIfMatch', 'if-match-copies-only-the-named-etag'],
  'if-none-match': ['copySourceIfNoneMatch', 'if-none-match-fails-with-412-for-the-current-etag'],
  'if-modified-since': ['copySourceIfModifiedSince', 'if-modified-since'],
  'if-unmodified-since': ['copySourceIfUnmodifiedSince', 'if-unmodified-since-fails-if-modified-after-the-date'],
} as const

/** Each condition on the source of each copy, not looked at. */
const dropped: Mutant[] = (['CopyObject', 'UploadPartCopy'] as const).flatMap((operation) =>
  Object.entries(conditions).flatMap(([name, [member, spec]]) =>
    mutants('copy-source', {
      [spec]: {
        [`${operation}: x-amz-copy-source-${name} is looked at`]: { 'it is not': ignoring(operation, member) },
      },
    }),
  ),
)

const ofSource = 'x-amz-copy-source-If-Match'

const onSources = mutants('copy-source', {
  'if-none-match-fails-with-412-for-the-current-etag': {
    'CopyObject: a source condition that fails on none-match is 412': {
      'it is 304': instead(412, having('CopyObject', 'copySourceIfNoneMatch'), { status: 304 }),
    },
  },
  'a-412-names-the-condition-by-its-full-header-name': {
    'A 412 to a copy names the whole header': {
      'it names the end of it': instead(412, copies, (_, was) =>
        preconditionFailed(was.condition?.replace('x-amz-copy-source-', '')),
      ),
    },
    'A 412 to a copy names the header in S3’s mixture of cases': {
      'in small letters': instead(412, copies, (_, was) => preconditionFailed(was.condition?.toLowerCase())),
    },
  },
  'a-failed-copy-leaves-the-destination-unchanged': {
    'CopyObject that is refused by its source copies nothing': { 'it copies behind the 412': behind('CopyObject') },
    'UploadPartCopy that is refused stores no part': { 'it stores it behind the 412': behind('UploadPartCopy') },
  },
  'if-match-copies-only-the-named-etag': {
    'A copy is refused with 412': { 'inside a 200': instead(412, copies, worded({ status: 200 })) },
  },
  'a-wildcard-and-a-list-match-as-in-a-read': {
    'CopyObject takes x-amz-copy-source-if-match: *': {
      'the star is an entity tag like others': mistaking('CopyObject', 'copySourceIfMatch', (tag) =>
        tag.replace('*', '"*"'),
      ),
    },
    'CopyObject looks at every entity tag of a list': {
      'at the first alone': mistaking('CopyObject', 'copySourceIfMatch', (value) => value.split(',')[0]),
    },
    'CopyObject looks at every entity tag of a list that must not match': {
      'a list is not looked at': ignoring(having('CopyObject', 'copySourceIfNoneMatch', /,/), 'copySourceIfNoneMatch'),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'CopyObject takes an entity tag without quotes': {
      'it matches nothing': refusing(having('CopyObject', 'copySourceIfMatch', /^[0-9a-f]/), ofSource),
    },
  },
  'if-modified-since-fails-unless-modified-after-the-date': {
    'CopyObject: if-modified-since is compared to the second': {
      'what was modified a second later is refused': mistaking('CopyObject', 'copySourceIfModifiedSince', later(1)),
    },
  },
  'if-modified-since-applies-to-a-part-copy-too': {
    'UploadPartCopy: if-modified-since is compared to the second': {
      'what was modified a second later is refused': mistaking('UploadPartCopy', 'copySourceIfModifiedSince', later(1)),
    },
  },
  'if-unmodified-since-fails-if-modified-after-the-date': {
    'A copy: if-unmodified-since is compared to the second': {
      'what was modified a second later is copied': mistaking(copies, 'copySourceIfUnmodifiedSince', later(1)),
    },
  },
  'date-conditions-hold-for-a-date-one-day-ahead': {
    'A copy: if-modified-since a day ahead is ignored': {
      'it refuses': mistaking(copies, 'copySourceIfModifiedSince', (date) =>
        new Date(date) > new Date() ? later(-86400)(date) : date,
      ),
    },
  },
  'if-unmodified-since-is-ignored-unless-it-is-an-http-date': {
    'A source condition that is no HTTP date is ignored': {
      'it is read as the date that it means': mistaking('CopyObject', 'copySourceIfUnmodifiedSince', later(0)),
    },
  },
  'date-conditions-work-for-a-versioned-source': {
    'A versioned source is compared by its Last-Modified': {
      'not at all': ignoring('CopyObject', 'copySourceIfModifiedSince', 'copySourceIfUnmodifiedSince'),
    },
  },
  'the-current-version-of-the-source-is-compared': {
    'A copy names the version of its source': {
      'it names none': answering(isAnyCopy, 200, { 'x-amz-copy-source-version-id': undefined }),
    },
    'The current version of a source is compared': { any: ignoring(copies, 'copySourceIfMatch') },
  },
  'if-match-works-for-a-source-encrypted-with-sse-c': {
    'A source that a key of the customer encrypts is compared': {
      'it is not': ignoring(
        carrying('CopyObject', 'x-amz-copy-source-server-side-encryption-customer-algorithm'),
        'copySourceIfMatch',
      ),
    },
  },
  'source-conditions-are-evaluated-before-the-range': {
    'UploadPartCopy: a source condition comes before the range': {
      'beside a range it is not looked at': ignoring(having('UploadPartCopy', 'copySourceRange'), 'copySourceIfMatch'),
    },
  },
})

const onDestinations = mutants('copy-destination', {
  'if-match-overwrites-only-for-the-current-etag': {
    'CopyObject: If-Match on the destination is looked at': { 'it is not': ignoring('CopyObject', 'ifMatch') },
    'CopyObject that is refused by its destination leaves it': { 'it copies behind the 412': behind('CopyObject') },
  },
  'if-none-match-never-overwrites': {
    'CopyObject: If-None-Match: * on the destination is looked at': {
      'it is not': ignoring('CopyObject', 'ifNoneMatch'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CopyObject with If-Match is 404 where there is nothing': {
      'it is 412': instead(404, having('CopyObject', 'ifMatch'), 'If-Match'),
    },
    'The 404 to a copy names the key of the destination': {
      'it names none': instead(404, 'CopyObject', lacking('key')),
    },
  },
  'other-values-and-both-headers-fail-with-501': {
    'CopyObject takes no entity tag in If-None-Match': {
      'it does not look at it': ignoring(having('CopyObject', 'ifNoneMatch', /[^*]/), 'ifNoneMatch'),
    },
    'CopyObject takes no star in If-Match': {
      'it answers 404 where there is nothing': mistaking('CopyObject', 'ifMatch', (value) =>
        value === '*' ? '"0"' : value,
      ),
    },
    'CopyObject takes no two conditions on the destination': {
      'it does not look at If-None-Match then': ignoring(having('CopyObject', 'ifMatch'), 'ifNoneMatch'),
    },
    'The 501 names both headers': { 'it names If-Match': instead(501, 'CopyObject', worded({ header: 'If-Match' })) },
  },
  'source-and-destination-conditions-must-both-hold': {
    'Conditions on source and destination must both hold': {
      'beside one on the source, that on the destination is not looked at': ignoring(
        having('CopyObject', 'copySourceIfMatch'),
        'ifMatch',
      ),
    },
  },
  'the-cloudflare-r2-header-is-ignored': {
    'A condition of another store is ignored': {
      'it is looked at': asIf(carrying('CopyObject', 'cf-copy-destination-if-none-match'), (request) => ({
        ...request,
        headers: { ...request.headers, ifNoneMatch: '*' },
      })),
    },
  },
})

export const copy: readonly Mutant[] = [...dropped, ...onSources, ...onDestinations]
