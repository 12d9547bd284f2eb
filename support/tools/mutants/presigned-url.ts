import { type Mutant, mutants } from './mutant'
import { both, having, ignoring, instead, lacking, type Meant, refusing, unsigned } from './overrides'
import { error, returning } from './wire'

const isPresigned: Meant = ({ signature }) => signature?.presigned !== undefined
const inQuery =
  (name: string): Meant =>
  ({ signature }) =>
    signature?.presigned?.inQuery?.includes(name) === true
const isVersion2: Meant = ({ signature }) => signature?.version === 2

export const presignedUrl: readonly Mutant[] = mutants('presigned-url', {
  'a-condition-in-the-signed-query-works-like-its-header': {
    'presigned PUT: If-None-Match in the signed query counts as its header': {
      'it is not looked at': ignoring(inQuery('if-none-match'), 'ifNoneMatch'),
    },
    'presigned PUT: If-Match in the signed query counts as its header': {
      'it is not looked at': ignoring(inQuery('if-match'), 'ifMatch'),
    },
    'presigned PUT: a condition in the query is compared': {
      'it is refused whatever the key holds': refusing(inQuery('if-match'), 'If-Match'),
    },
  },
  'a-presigned-put-with-if-none-match-never-overwrites': {
    'presigned PUT: a signed condition that is sent is looked at': {
      'it only has to be sent': ignoring(isPresigned, 'ifNoneMatch'),
    },
  },
  'a-signed-condition-must-be-sent-as-it-was-signed': {
    'presigned PUT: a condition that was signed must be sent': {
      'the signature is not verified': unsigned(isPresigned),
    },
    'presigned PUT: a condition that is left out is a wrong signature': {
      'it is a failed precondition': instead(403, isPresigned, 'If-Match'),
    },
  },
  'an-unsigned-x-amz-condition-fails-with-403': {
    'presigned request: an x-amz- header has to be signed': { 'it is not looked at': unsigned(isPresigned) },
    'presigned request: the refusal names the header that is not signed': {
      'it names none': instead(403, isPresigned, lacking('elements')),
    },
  },
  'unsignable-headers-drop-the-condition': {
    'presigned PUT: without a condition it overwrites': {
      'whatever was presigned never overwrites': refusing(both(isPresigned, 'PutObject'), 'If-None-Match'),
    },
  },
  'the-checksum-in-the-url-does-not-restrict-the-body': {
    'presigned PUT: the checksum of an empty body in the query refuses no other body': {
      'it is compared with the body': returning(
        ({ path }) => path.includes('X-Amz-Signature=') && /[?&]x-amz-checksum-crc32=/.test(path),
        error(400, 'BadDigest'),
      ),
    },
  },
  'signature-version-2-does-not-support-conditional-writes': {
    'Signature Version 2: a conditional write is refused': { 'it is written': unsigned(isVersion2) },
    'Signature Version 2: a conditional write is 400, whatever the key holds': {
      'If-Match is compared first': instead(400, having(isVersion2, 'ifMatch'), 'If-Match'),
    },
  },
})
