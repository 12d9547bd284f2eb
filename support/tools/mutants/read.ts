import { anotherETag } from '../../fixtures/values'
import { type Mutant, mutants } from './mutant'
import {
  error,
  failing,
  ignoring,
  insteadOf,
  later,
  misreading,
  noSuchKey,
  preconditionFailed,
  reads,
  withElements,
  withHeader,
  withOtherHeader,
} from './overrides'
import { isGet, isRead, replacingHeaders } from './wire'

const conditions = {
  'If-Match': ['ifMatch', 'if-match-reads-only-the-named-etag'],
  'If-None-Match': ['ifNoneMatch', 'if-none-match-returns-304-for-the-current-etag'],
  'If-Modified-Since': ['ifModifiedSince', 'if-modified-since-returns-304-unless-modified-after-the-date'],
  'If-Unmodified-Since': ['ifUnmodifiedSince', 'if-unmodified-since-fails-if-modified-after-the-date'],
} as const

const ignoredConditions: Mutant[] = (['GetObject', 'HeadObject'] as const).flatMap((operation) =>
  Object.entries(conditions).flatMap(([header, [member, spec]]) =>
    mutants('read', {
      [spec]: { [`${operation} evaluates ${header}`]: ignoring(operation, member) },
    }),
  ),
)

const withoutQuotes = /^[0-9a-f]{32}$/
const quoteAsterisk = (value: string) => value.replace('*', '"*"')
/** Changes headers of 304 responses. A header with the value undefined is removed. */
const with304Headers = (headers: Record<string, string | undefined>) =>
  insteadOf(304, reads, (_, right) => {
    const all = Object.entries({ ...right.headers, ...headers }).filter(([, value]) => value !== undefined)
    return { ...right, headers: Object.fromEntries(all) as Record<string, string> }
  })

export const read: readonly Mutant[] = [
  ...ignoredConditions,
  ...mutants('read', {
    'if-match-reads-only-the-named-etag': {
      'A read with If-Match fails with 412 when the ETag does not match': {
        'the store returns 304': insteadOf(412, reads, { status: 304 }),
      },
    },
    'if-none-match-returns-304-for-the-current-etag': {
      'A read with If-None-Match returns 304 when the ETag matches': {
        'the request fails with 412': insteadOf(304, reads, 'If-None-Match'),
      },
    },
    'a-412-to-get-names-the-condition-and-to-head-has-no-body': {
      'A 412 response to GetObject contains the error code PreconditionFailed': {
        'the error code is Precondition Failed, with a space': insteadOf(
          412,
          'GetObject',
          withElements({ code: 'Precondition Failed' }),
        ),
      },
      'A 412 response to GetObject contains a Condition element': {
        'the Condition element is missing': insteadOf(412, 'GetObject', preconditionFailed()),
      },
      'A 412 response to GetObject names the failed condition': {
        'the response always names If-Match': insteadOf(412, 'GetObject', 'If-Match'),
      },
      'The message in a 412 response to GetObject does not end with a full stop': {
        'the message ends with a full stop': insteadOf(412, 'GetObject', (_, right) => ({
          ...right,
          message: `${right.message}.`,
        })),
      },
    },
    'a-304-carries-etag-and-last-modified-and-no-body': {
      'A 304 response has an ETag header': { 'the ETag header is missing': with304Headers({ ETag: undefined }) },
      'The ETag in a 304 response is strong': {
        'the ETag is weak': insteadOf(304, reads, (_, right) => ({
          ...right,
          headers: { ...right.headers, ETag: `W/${right.headers?.ETag}` },
        })),
      },
      'A 304 response has a Last-Modified header': {
        'the Last-Modified header is missing': with304Headers({ 'Last-Modified': undefined }),
      },
      'A 304 response has no Content-Type header': {
        'the response has a Content-Type header': with304Headers({ 'Content-Type': 'application/octet-stream' }),
      },
      'A 304 response has no checksum header': {
        'the response has a checksum header': with304Headers({
          'x-amz-checksum-crc32': 'AAAAAA==',
          'x-amz-checksum-type': 'FULL_OBJECT',
        }),
      },
    },
    'a-list-matches-if-one-of-its-etags-matches': {
      'A read with a list of ETags in If-Match succeeds when any of them matches': {
        'the store compares only the first ETag': misreading(reads, 'ifMatch', (value) => value.split(',')[0]),
      },
      'A read with a list of ETags in If-None-Match returns 304 when any of them matches': {
        'the store ignores a list of ETags': ignoring(withHeader(reads, 'ifNoneMatch', /,/), 'ifNoneMatch'),
      },
    },
    'a-wildcard-matches-any-etag': {
      'A read with If-Match: * succeeds when the key exists': {
        'the store treats * as a literal ETag': misreading(reads, 'ifMatch', quoteAsterisk),
      },
      'A read with If-None-Match: * returns 304 when the key exists': {
        'the store treats * as a literal ETag': misreading(reads, 'ifNoneMatch', quoteAsterisk),
      },
    },
    'the-quotes-of-an-etag-are-optional': {
      'GetObject and HeadObject with If-Match accept an ETag without quotes': {
        'the request fails with 412': failing(withHeader(reads, 'ifMatch', withoutQuotes), 'If-Match'),
      },
      'GetObject and HeadObject with If-None-Match accept an ETag without quotes': ignoring(
        withHeader(reads, 'ifNoneMatch', withoutQuotes),
        'ifNoneMatch',
      ),
    },
    'if-modified-since-returns-304-unless-modified-after-the-date': {
      'A read with If-Modified-Since returns 200 when the object was modified one second after the date': {
        'the store returns 304': misreading(reads, 'ifModifiedSince', later(1)),
      },
      'A read with If-Modified-Since returns 304 when the date equals Last-Modified': {
        'the store returns 200': misreading(reads, 'ifModifiedSince', later(-1)),
      },
    },
    'if-unmodified-since-fails-if-modified-after-the-date': {
      'A read with If-Unmodified-Since fails with 412 when the object was modified one second after the date': {
        'the store returns 200': misreading(reads, 'ifUnmodifiedSince', later(1)),
      },
      'A read with If-Unmodified-Since returns 200 when the date equals Last-Modified': {
        'the request fails with 412': misreading(reads, 'ifUnmodifiedSince', later(-1)),
      },
    },
    'date-conditions-hold-for-a-date-one-day-ahead': {
      'A read returns 200 when If-Modified-Since is one day in the future': {
        'the store returns 304': misreading(reads, 'ifModifiedSince', (date) =>
          new Date(date) > new Date() ? new Date().toUTCString() : date,
        ),
      },
    },
    'if-modified-since-is-ignored-unless-it-is-an-http-date': {
      'GetObject and HeadObject ignore If-Modified-Since when its value is not an HTTP date': {
        'the store accepts other date formats': misreading(reads, 'ifModifiedSince', later(0)),
        'the request fails with 400': failing(
          withHeader(reads, 'ifModifiedSince', /\.000 GMT|\+0000/),
          error(400, 'InvalidArgument'),
        ),
      },
    },
    'a-website-endpoint-honours-if-none-match': {
      'A website endpoint evaluates If-None-Match': ignoring(({ endpoint }) => endpoint === 'website', 'ifNoneMatch'),
    },
    'checksum-mode-does-not-affect-a-304': {
      'GetObject with x-amz-checksum-mode evaluates If-None-Match': ignoring(
        withOtherHeader('GetObject', 'x-amz-checksum-mode'),
        'ifNoneMatch',
      ),
    },
    'last-modified-of-a-multipart-object-is-when-its-upload-began': {
      'The Last-Modified time of an object created by a multipart upload is the time at which the upload began': {
        'the store evaluates If-Unmodified-Since as if the upload had begun one second later': misreading(
          reads,
          'ifUnmodifiedSince',
          later(-1),
        ),
        'the store evaluates If-Modified-Since as if the upload had begun one second later': misreading(
          reads,
          'ifModifiedSince',
          later(-1),
        ),
      },
    },
    'rewriting-metadata-changes-last-modified-and-not-the-etag': {
      'Rewriting the metadata of an object does not change its ETag': {
        'the old ETag no longer matches': ignoring(reads, 'ifNoneMatch'),
      },
      'Rewriting the metadata of an object changes its Last-Modified time': {
        'the store treats the object as unmodified when it evaluates If-Modified-Since': failing(
          withHeader(reads, 'ifModifiedSince'),
          {
            status: 304,
          },
        ),
      },
    },
    'a-missing-key-fails-with-404-regardless-of-preconditions': {
      'A read with If-Match fails with 404 when the key does not exist': {
        'the request fails with 412': insteadOf(404, withHeader(reads, 'ifMatch'), 'If-Match'),
      },
      'A read with If-None-Match: * fails with 404 when the key does not exist': {
        'the store returns 304': insteadOf(404, withHeader(reads, 'ifNoneMatch'), { status: 304 }),
      },
    },
    'a-missing-key-fails-with-403-without-list-permission': {
      'A read of a missing key fails with 403 when the caller lacks s3:ListBucket': {
        'the request fails with 404': insteadOf(403, reads, noSuchKey),
      },
    },
    'a-read-of-a-delete-marker-fails-with-404-or-405': {
      'A read fails with 404 and returns x-amz-delete-marker when the current version is a delete marker': {
        'x-amz-delete-marker is missing': insteadOf(404, reads, noSuchKey),
      },
      'A read with the version id of a delete marker fails with 405': {
        'the request fails with 404': insteadOf(405, reads, noSuchKey),
      },
    },
    'preconditions-are-evaluated-before-the-range': {
      'GetObject evaluates If-Match before the Range header': {
        'the store ignores If-Match': ignoring(withHeader('GetObject', 'range'), 'ifMatch'),
      },
      'GetObject evaluates If-None-Match before the Range header': {
        'the store ignores If-None-Match': ignoring(withHeader('GetObject', 'range'), 'ifNoneMatch'),
      },
    },
    'if-range-reads-the-whole-object-when-it-has-changed': {
      'GetObject with If-Range returns the requested range when the ETag is current': {
        'the store returns the whole object': ignoring(withHeader('GetObject', 'ifRange'), 'range'),
      },
      'GetObject with If-Range returns the whole object when the ETag does not match': {
        'the store ignores If-Range': ignoring('GetObject', 'ifRange'),
      },
    },
    'a-part-number-reads-that-part': {
      'GetObject with a part number returns the ETag of the whole object': {
        'the store returns a different ETag': replacingHeaders(isGet, 206, { etag: anotherETag }),
      },
    },
    'the-etag-is-the-same-in-every-response': {
      'The ETag of an object is strong': {
        'a proxy makes the ETag weak': {
          response: (request, response) =>
            isRead(request) && response.status === 200
              ? { ...response, headers: { ...response.headers, etag: `W/${response.headers.etag}` } }
              : response,
        },
      },
    },
  }),
]
