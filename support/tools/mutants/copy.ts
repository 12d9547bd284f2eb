import { type Mutant, mutants } from './mutant'
import {
  changingRequest,
  copies,
  failing,
  ignoring,
  insteadOf,
  later,
  misreading,
  preconditionFailed,
  withElements,
  withHeader,
  withOtherHeader,
  withoutElement,
  writingSilently,
} from './overrides'
import { isAnyCopy, replacingHeaders, replacingInBody } from './wire'

const conditions = {
  'if-match': ['copySourceIfMatch', 'if-match-copies-only-the-named-etag'],
  'if-none-match': ['copySourceIfNoneMatch', 'if-none-match-fails-with-412-for-the-current-etag'],
  'if-modified-since': ['copySourceIfModifiedSince', 'if-modified-since'],
  'if-unmodified-since': ['copySourceIfUnmodifiedSince', 'if-unmodified-since-fails-if-modified-after-the-date'],
} as const

const ignoredConditions: Mutant[] = (['CopyObject', 'UploadPartCopy'] as const).flatMap((operation) =>
  Object.entries(conditions).flatMap(([name, [member, spec]]) =>
    mutants('copy-source', {
      [spec]: {
        [`${operation} evaluates x-amz-copy-source-${name}`]: ignoring(operation, member),
      },
    }),
  ),
)

const onSources = mutants('copy-source', {
  'if-none-match-fails-with-412-for-the-current-etag': {
    'CopyObject with x-amz-copy-source-if-none-match fails with 412 when the ETag matches': {
      'the store returns 304': insteadOf(412, withHeader('CopyObject', 'copySourceIfNoneMatch'), { status: 304 }),
    },
  },
  'a-412-names-the-condition-by-its-full-header-name': {
    'A 412 response to a copy request names the failed condition by its full header name': {
      'the prefix x-amz-copy-source- is missing': insteadOf(412, copies, (_, right) =>
        preconditionFailed(right.condition?.replace('x-amz-copy-source-', '')),
      ),
    },
    'A 412 response to a copy request names the failed condition in mixed case, such as x-amz-copy-source-If-Match': {
      'the name is in lower case': insteadOf(412, copies, (_, right) =>
        preconditionFailed(right.condition?.toLowerCase()),
      ),
    },
  },
  'a-failed-copy-leaves-the-destination-unchanged': {
    'CopyObject copies nothing when a source condition fails': {
      'the store returns 412 but copies the object': writingSilently('CopyObject'),
    },
    'UploadPartCopy stores no part when a source condition fails': {
      'the store returns 412 but stores the part': writingSilently('UploadPartCopy'),
    },
  },
  'if-match-copies-only-the-named-etag': {
    'A copy with x-amz-copy-source-if-match fails with 412 when the ETag does not match': {
      'the store returns 200 with the error in the body': insteadOf(412, copies, withElements({ status: 200 })),
    },
  },
  'a-wildcard-and-a-list-match-as-in-a-read': {
    'CopyObject with x-amz-copy-source-if-match: * succeeds when the source exists': {
      'the store treats * as a literal ETag': misreading('CopyObject', 'copySourceIfMatch', (value) =>
        value.replace('*', '"*"'),
      ),
    },
    'CopyObject with a list of ETags in x-amz-copy-source-if-match succeeds when any of them matches': {
      'the store compares only the first ETag': misreading(
        'CopyObject',
        'copySourceIfMatch',
        (value) => value.split(',')[0],
      ),
    },
    'CopyObject with a list of ETags in x-amz-copy-source-if-none-match fails when any of them matches': {
      'the store ignores a list of ETags': ignoring(
        withHeader('CopyObject', 'copySourceIfNoneMatch', /,/),
        'copySourceIfNoneMatch',
      ),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'CopyObject with x-amz-copy-source-if-match accepts an ETag without quotes': {
      'an ETag without quotes never matches': failing(
        withHeader('CopyObject', 'copySourceIfMatch', /^[0-9a-f]/),
        'x-amz-copy-source-If-Match',
      ),
    },
  },
  'if-modified-since-fails-unless-modified-after-the-date': {
    'CopyObject with x-amz-copy-source-if-modified-since succeeds when the source was modified one second after the date':
      {
        'the request fails with 412': misreading('CopyObject', 'copySourceIfModifiedSince', later(1)),
      },
  },
  'if-modified-since-applies-to-a-part-copy-too': {
    'UploadPartCopy with x-amz-copy-source-if-modified-since succeeds when the source was modified one second after the date':
      {
        'the request fails with 412': misreading('UploadPartCopy', 'copySourceIfModifiedSince', later(1)),
      },
  },
  'if-unmodified-since-fails-if-modified-after-the-date': {
    'A copy with x-amz-copy-source-if-unmodified-since fails when the source was modified one second after the date': {
      'the request succeeds': misreading(copies, 'copySourceIfUnmodifiedSince', later(1)),
    },
  },
  'date-conditions-hold-for-a-date-one-day-ahead': {
    'A copy succeeds when x-amz-copy-source-if-modified-since is one day in the future': {
      'the request fails with 412': misreading(copies, 'copySourceIfModifiedSince', (date) =>
        new Date(date) > new Date() ? later(-86400)(date) : date,
      ),
    },
  },
  'if-unmodified-since-is-ignored-unless-it-is-an-http-date': {
    'CopyObject ignores x-amz-copy-source-if-unmodified-since when its value is not an HTTP date': {
      'the store accepts other date formats': misreading('CopyObject', 'copySourceIfUnmodifiedSince', later(0)),
    },
  },
  'date-conditions-work-for-a-versioned-source': {
    'CopyObject evaluates date conditions on a source in a versioned bucket': ignoring(
      'CopyObject',
      'copySourceIfModifiedSince',
      'copySourceIfUnmodifiedSince',
    ),
  },
  'the-current-version-of-the-source-is-compared': {
    'The response to a copy from a versioned bucket contains the version id of the source': {
      'the version id of the source is missing': replacingHeaders(isAnyCopy, 200, {
        'x-amz-copy-source-version-id': undefined,
      }),
    },
    'A copy without a source version id fails when x-amz-copy-source-if-match contains the ETag of a noncurrent version':
      {
        'the store accepts the ETag of any version': ignoring(copies, 'copySourceIfMatch'),
      },
  },
  'if-match-works-for-a-source-encrypted-with-sse-c': {
    'CopyObject evaluates x-amz-copy-source-if-match for a source encrypted with SSE-C': ignoring(
      withOtherHeader('CopyObject', 'x-amz-copy-source-server-side-encryption-customer-algorithm'),
      'copySourceIfMatch',
    ),
  },
  'source-conditions-are-evaluated-before-the-range': {
    'UploadPartCopy evaluates source conditions before x-amz-copy-source-range': ignoring(
      withHeader('UploadPartCopy', 'copySourceRange'),
      'copySourceIfMatch',
    ),
  },
})

const onDestinations = mutants('copy-destination', {
  'if-match-overwrites-only-for-the-current-etag': {
    'CopyObject with If-Match fails when the ETag does not match': ignoring('CopyObject', 'ifMatch'),
    'CopyObject with If-Match does not overwrite a destination whose ETag does not match': {
      'the store returns 412 but copies the object': writingSilently('CopyObject'),
    },
  },
  'if-none-match-never-overwrites': {
    'CopyObject with If-None-Match: * fails when the destination exists': ignoring('CopyObject', 'ifNoneMatch'),
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CopyObject with If-Match fails with 404 when the destination key does not exist': {
      'the request fails with 412': insteadOf(404, withHeader('CopyObject', 'ifMatch'), 'If-Match'),
    },
    'When CopyObject with If-Match fails because the destination key does not exist, the 404 response names that key': {
      'the Key element is missing': insteadOf(404, 'CopyObject', withoutElement('key')),
    },
  },
  'a-copy-of-a-multipart-object-has-a-new-etag': {
    'CopyObject returns an ETag without a part count when the source is a multipart object': {
      'the ETag has a part count': replacingInBody(isAnyCopy, /(&quot;|")<\/ETag>/, '-1$1</ETag>'),
    },
    'CopyObject fails when If-Match contains the ETag of the multipart object from which the destination was copied':
      ignoring('CopyObject', 'ifMatch'),
  },
  'other-values-and-both-headers-fail-with-501': {
    'CopyObject fails when If-None-Match contains an ETag': {
      'the store ignores the ETag in If-None-Match': ignoring(
        withHeader('CopyObject', 'ifNoneMatch', /[^*]/),
        'ifNoneMatch',
      ),
    },
    'CopyObject with If-Match: * fails with 501': {
      'the request fails with 404 when the destination does not exist': misreading('CopyObject', 'ifMatch', (value) =>
        value === '*' ? '"0"' : value,
      ),
    },
    'CopyObject with both If-Match and If-None-Match fails': {
      'the store ignores If-None-Match': ignoring(withHeader('CopyObject', 'ifMatch'), 'ifNoneMatch'),
    },
    'A 501 response to CopyObject with both If-Match and If-None-Match names both headers': {
      'the Header element names only If-Match': insteadOf(501, 'CopyObject', withElements({ header: 'If-Match' })),
    },
  },
  'source-and-destination-conditions-must-both-hold': {
    'CopyObject evaluates conditions on both its source and its destination': {
      'the store ignores the condition on the destination': ignoring(
        withHeader('CopyObject', 'copySourceIfMatch'),
        'ifMatch',
      ),
    },
  },
  'the-cloudflare-r2-header-is-ignored': {
    'CopyObject ignores cf-copy-destination-if-none-match': {
      'the store treats cf-copy-destination-if-none-match as If-None-Match': changingRequest(
        withOtherHeader('CopyObject', 'cf-copy-destination-if-none-match'),
        (request) => ({ ...request, headers: { ...request.headers, ifNoneMatch: '*' } }),
      ),
    },
  },
})

export const copy: readonly Mutant[] = [...ignoredConditions, ...onSources, ...onDestinations]
