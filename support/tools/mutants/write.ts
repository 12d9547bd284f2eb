import { type Mutant, mutants } from './mutant'
import {
  after,
  allOf,
  anotherETag,
  conflict,
  error,
  failing,
  hasNoObject,
  hasObject,
  ignoring,
  insteadOf,
  noSuchKey,
  not,
  type Predicate,
  succeedingInsteadOf,
  withElements,
  withHeader,
  withOtherHeader,
  withoutElement,
  writingSilently,
} from './overrides'
import { replacingHeaders } from './wire'

const put = 'PutObject'
const conditions = ['ifMatch', 'ifNoneMatch'] as const
const putIfMatch = withHeader(put, 'ifMatch')
const createOnce = withHeader(put, 'ifNoneMatch', /\*/)
const withBoth = allOf(putIfMatch, withHeader(put, 'ifNoneMatch'))
const withOne = not(withBoth)
const withAnotherETag = withHeader(put, 'ifMatch', anotherETag)
const isEmpty: Predicate = (_, { key }) => key.current?.size === 0
/** The MD5 hash of `first`, the body that the spec uploads, in quotes like an ETag. */
const MD5_OF_FIRST = '"8b04d5e3775d298e78455efc5ca404d5"'
const bodyOf = (test: (size: number) => boolean) => allOf(put, ({ body }) => body !== undefined && test(body.size))

export const write: readonly Mutant[] = mutants('write', {
  'if-none-match-never-overwrites': {
    'PutObject with If-None-Match: * fails when the key exists': ignoring(put, 'ifNoneMatch'),
    'PutObject with If-None-Match: * leaves an existing object unchanged': {
      'the store returns 412 but overwrites the object': writingSilently(createOnce),
    },
    'PutObject with If-None-Match: * succeeds after the object has been deleted': {
      'the request fails because the key used to exist': failing(allOf(createOnce, after(hasObject)), 'If-None-Match'),
    },
    'PutObject with If-None-Match: * fails with 412 when the key exists': {
      'the request fails with 409': insteadOf(412, createOnce, conflict('If-None-Match')),
      'the store returns 200 with the error in the body': insteadOf(412, createOnce, withElements({ status: 200 })),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'PutObject with If-Match fails when the ETag does not match': ignoring(put, 'ifMatch'),
    'PutObject with If-Match does not overwrite an object whose ETag does not match': {
      'the store returns 412 but overwrites the object': writingSilently(putIfMatch),
    },
    'PutObject with If-Match succeeds when the ETag matches': {
      'the request always fails': failing(putIfMatch, 'If-Match'),
    },
    'A 412 response to PutObject names the failed condition in mixed case, such as If-Match': {
      'the name is in lower case': insteadOf(412, putIfMatch, 'if-match'),
    },
  },
  'if-match-compares-only-the-current-version': {
    'PutObject with If-Match accepts only the ETag of the current version': {
      'the store accepts the ETag of any version': ignoring(allOf(put, not(withAnotherETag)), 'ifMatch'),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'PutObject with If-Match accepts an ETag without quotes': {
      'the request fails with 400': failing(withHeader(put, 'ifMatch', /^[^"]+$/), error(400, 'InvalidArgument')),
    },
    'PutObject with If-Match accepts an ETag without its opening quote': {
      'an ETag without its opening quote never matches': failing(withHeader(put, 'ifMatch', /^[^"]+"$/), 'If-Match'),
    },
    'PutObject with If-Match fails when an ETag without quotes does not match': {
      'the store ignores an ETag without quotes': ignoring(withHeader(put, 'ifMatch', /^[^"]+"?$/), 'ifMatch'),
    },
  },
  'if-match-compares-a-list-of-etags-as-one-value': {
    'PutObject treats a list of ETags in If-Match as one value': {
      'the store compares each ETag in the list, as it does for a read': ignoring(
        withHeader(put, 'ifMatch', /,/),
        'ifMatch',
      ),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'PutObject with If-Match fails with 404 when the key does not exist': {
      'the request fails with 412, as RFC 9110 specifies': insteadOf(404, put, 'If-Match'),
    },
    'A PutObject request that fails with 404 does not create the object': {
      'the store returns 404 but creates the object': writingSilently(putIfMatch),
    },
    'A 404 response to PutObject with If-Match contains a Key element': {
      'the Key element is missing': insteadOf(404, put, withoutElement('key')),
    },
    'PutObject with an invalid ETag in If-Match fails with 404 when the key does not exist': {
      'the request fails with 400': failing(withHeader(put, 'ifMatch', /_/), error(400, 'InvalidArgument')),
    },
  },
  'if-none-match-accepts-only-an-asterisk': {
    'PutObject fails when If-None-Match contains an ETag': {
      'the store ignores the ETag in If-None-Match': ignoring(
        allOf(withOne, withHeader(put, 'ifNoneMatch', /^[^*]/)),
        'ifNoneMatch',
      ),
    },
    'PutObject fails with 501 when If-None-Match contains an ETag': {
      'the request fails with 412': insteadOf(501, put, 'If-None-Match'),
    },
    'A 501 response to PutObject contains a Header element': {
      'the Header element is missing': insteadOf(501, put, withoutElement('header')),
    },
  },
  'if-match-does-not-accept-an-asterisk': {
    'PutObject with If-Match: * fails': {
      'the request overwrites any existing object': ignoring(
        allOf(withOne, withHeader(put, 'ifMatch', /^\*$/)),
        'ifMatch',
      ),
    },
    'PutObject with If-Match: * fails with 501 when the key does not exist': {
      'the request fails with 404': failing(allOf(withHeader(put, 'ifMatch', /^\*$/), hasNoObject), noSuchKey),
    },
  },
  'if-match-with-if-none-match-fails-with-501': {
    'PutObject with both If-Match and If-None-Match fails': {
      'the store ignores If-None-Match': ignoring(withBoth, 'ifNoneMatch'),
    },
    'PutObject with both If-Match and If-None-Match fails with 501 whatever the values of the two headers': {
      'the request fails with 412 when the ETag in If-Match does not match': failing(
        allOf(withBoth, withAnotherETag),
        'If-Match',
      ),
    },
    'A 501 response to PutObject with both If-Match and If-None-Match contains an additionalMessage element': {
      'the additionalMessage element is missing': insteadOf(501, withBoth, withoutElement('additionalMessage')),
    },
  },
  'conditions-apply-to-empty-objects-and-bodies': {
    'PutObject with If-None-Match: * fails when the existing object is empty': {
      'the store treats an empty object as missing': succeedingInsteadOf(412, allOf(createOnce, isEmpty)),
    },
    'PutObject evaluates conditions when the body is empty': ignoring(
      bodyOf((size) => size === 0),
      ...conditions,
    ),
  },
  'a-412-names-the-failed-condition': {
    'The message in a 412 response to PutObject does not end with a full stop': {
      'the message ends with a full stop': insteadOf(412, putIfMatch, (_, right) => ({
        ...right,
        message: `${right.message}.`,
      })),
    },
  },
  'conditions-apply-to-a-streamed-body': {
    'PutObject evaluates conditions when the body is streamed': ignoring(
      withOtherHeader(put, 'x-amz-decoded-content-length'),
      ...conditions,
    ),
  },
  'conditions-apply-to-a-body-above-2-mib': {
    'PutObject evaluates conditions when the body is larger than 2 MiB': ignoring(
      bodyOf((size) => size > 2 * 1024 * 1024),
      ...conditions,
    ),
  },
  'a-checksum-does-not-affect-conditions': {
    'PutObject evaluates conditions when a SHA-256 checksum is sent': ignoring(
      withOtherHeader(put, 'x-amz-checksum-sha256'),
      ...conditions,
    ),
  },
  'the-etag-of-a-kms-object-is-not-an-md5': {
    'The ETag of an SSE-KMS object is not the MD5 hash of its content': {
      'the ETag is the MD5 hash of the content': replacingHeaders(
        ({ headers }) => String(headers['x-amz-server-side-encryption']).startsWith('aws:kms'),
        200,
        { etag: MD5_OF_FIRST },
      ),
    },
  },
  'if-match-compares-the-etag-of-a-kms-object': {
    'PutObject with If-Match accepts the ETag of an SSE-KMS object': {
      'the ETag of an SSE-KMS object never matches': failing(
        withOtherHeader(putIfMatch, 'x-amz-server-side-encryption'),
        'If-Match',
      ),
    },
  },
  'if-match-compares-the-etag-of-an-sse-c-object': {
    'PutObject with If-Match accepts the ETag of an SSE-C object': {
      'the ETag of an SSE-C object never matches': failing(
        allOf(putIfMatch, after(withOtherHeader(put, 'x-amz-server-side-encryption-customer-algorithm'))),
        'If-Match',
      ),
    },
  },
})
