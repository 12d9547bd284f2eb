import { type Mutant, mutants } from './mutant'
import { allOf, failing, ignoring, insteadOf, type Predicate, unsigned, withHeader, withoutElement } from './overrides'
import { error, returning } from './wire'

const isPresigned: Predicate = ({ signature }) => signature?.presigned !== undefined
const inQuery =
  (name: string): Predicate =>
  ({ signature }) =>
    signature?.presigned?.inQuery?.includes(name) === true
const isVersion2: Predicate = ({ signature }) => signature?.version === 2

export const presignedUrl: readonly Mutant[] = mutants('presigned-url', {
  'a-condition-in-the-signed-query-works-like-its-header': {
    'A presigned PutObject with If-None-Match: * in the query string fails when the key exists': ignoring(
      inQuery('if-none-match'),
      'ifNoneMatch',
    ),
    'A presigned PutObject with If-Match in the query string fails when the ETag does not match': ignoring(
      inQuery('if-match'),
      'ifMatch',
    ),
    'A presigned PutObject with If-Match in the query string succeeds when the ETag matches': {
      'the request always fails': failing(inQuery('if-match'), 'If-Match'),
    },
  },
  'a-presigned-put-with-if-none-match-never-overwrites': {
    'For a presigned PutObject request, the store evaluates the signed If-None-Match header': {
      'the store verifies the signature but ignores the header': ignoring(isPresigned, 'ifNoneMatch'),
    },
  },
  'a-signed-condition-must-be-sent-as-it-was-signed': {
    'A presigned PutObject fails when its signed condition is not sent': {
      'the store does not verify the signature': unsigned(isPresigned),
    },
    'A presigned PutObject fails with 403 when its signed condition is not sent': {
      'the request fails with 412': insteadOf(403, isPresigned, 'If-Match'),
    },
  },
  'an-unsigned-x-amz-condition-fails-with-403': {
    'A presigned request fails when it has an unsigned x-amz- header': {
      'the request succeeds': unsigned(isPresigned),
    },
    'The 403 response to a presigned request that contains an unsigned header names the header': {
      'the name of the header is missing': insteadOf(403, isPresigned, withoutElement('elements')),
    },
  },
  'unsignable-headers-drop-the-condition': {
    'A presigned PutObject without a condition overwrites an existing object': {
      'the request always fails with 412': failing(allOf(isPresigned, 'PutObject'), 'If-None-Match'),
    },
  },
  'the-checksum-in-the-url-does-not-restrict-the-body': {
    'A presigned PutObject ignores the checksum in its URL': {
      'the store compares the checksum with the body': returning(
        ({ path }) => path.includes('X-Amz-Signature=') && /[?&]x-amz-checksum-crc32=/.test(path),
        error(400, 'BadDigest'),
      ),
    },
  },
  'signature-version-2-does-not-support-conditional-writes': {
    'A conditional write that is signed with Signature Version 2 fails': {
      'the request succeeds': unsigned(isVersion2),
    },
    'A conditional write that is signed with Signature Version 2 fails with 400 before its condition is evaluated': {
      'the store evaluates If-Match first': insteadOf(400, withHeader(isVersion2, 'ifMatch'), 'If-Match'),
    },
  },
})
