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
    'A presigned PutObject with If-None-Match in the query fails when the key exists': ignoring(
      inQuery('if-none-match'),
      'ifNoneMatch',
    ),
    'A presigned PutObject with If-Match in the query fails for a different ETag': ignoring(
      inQuery('if-match'),
      'ifMatch',
    ),
    'A presigned PutObject with If-Match in the query succeeds for the current ETag': {
      'it always fails': failing(inQuery('if-match'), 'If-Match'),
    },
  },
  'a-presigned-put-with-if-none-match-never-overwrites': {
    'A presigned PutObject evaluates a signed condition': {
      'it only verifies the signature': ignoring(isPresigned, 'ifNoneMatch'),
    },
  },
  'a-signed-condition-must-be-sent-as-it-was-signed': {
    'A presigned PutObject fails without its signed condition': {
      'the signature is not verified': unsigned(isPresigned),
    },
    'A presigned PutObject fails with 403 without its signed condition': {
      'it fails with 412': insteadOf(403, isPresigned, 'If-Match'),
    },
  },
  'an-unsigned-x-amz-condition-fails-with-403': {
    'A presigned request fails with an unsigned x-amz- header': { 'it succeeds': unsigned(isPresigned) },
    'A 403 for an unsigned header of a presigned request names the header': {
      'the name is missing': insteadOf(403, isPresigned, withoutElement('elements')),
    },
  },
  'unsignable-headers-drop-the-condition': {
    'A presigned PutObject without a condition overwrites an existing object': {
      'it never overwrites': failing(allOf(isPresigned, 'PutObject'), 'If-None-Match'),
    },
  },
  'the-checksum-in-the-url-does-not-restrict-the-body': {
    'A presigned PutObject ignores the checksum in its URL': {
      'it compares the checksum with the body': returning(
        ({ path }) => path.includes('X-Amz-Signature=') && /[?&]x-amz-checksum-crc32=/.test(path),
        error(400, 'BadDigest'),
      ),
    },
  },
  'signature-version-2-does-not-support-conditional-writes': {
    'A conditional write with Signature Version 2 fails': { 'it succeeds': unsigned(isVersion2) },
    'A conditional write with Signature Version 2 fails with 400 whatever the key holds': {
      'it compares If-Match first': insteadOf(400, withHeader(isVersion2, 'ifMatch'), 'If-Match'),
    },
  },
})
