import { error, having, insteadOf, isPut, type Meant, refused, refusing, sent } from './lies'
import type { Mutant } from './mutant'

const isPresigned: Meant = ({ path }) => path.includes('X-Amz-Signature=')
const names =
  (header: string): Meant =>
  (passing) =>
    isPresigned(passing) && new RegExp(`X-Amz-SignedHeaders=[^&]*${header}`).test(passing.path)
const hasInQuery =
  (name: string): Meant =>
  (passing) =>
    isPresigned(passing) && new RegExp(`[?&]${name}=`).test(passing.path)
const isVersion2: Meant = (passing) => /^AWS /.test(sent(passing, 'authorization'))
const written = { status: 200 }

export const presignedUrl: readonly Mutant[] = [
  {
    name: 'presigned PUT: If-None-Match in the signed query counts as its header',
    breaks: 'it is not looked at',
    specs: ['specs/presigned-url/a-condition-in-the-signed-query'],
    lie: insteadOf(412, hasInQuery('If-None-Match'), written),
  },
  {
    name: 'presigned PUT: If-Match in the signed query counts as its header',
    breaks: 'it is not looked at',
    specs: ['specs/presigned-url/a-condition-in-the-signed-query'],
    lie: insteadOf(412, hasInQuery('If-Match'), written),
  },
  {
    name: 'presigned PUT: a condition in the query is compared',
    breaks: 'it is refused whatever the key holds',
    specs: ['specs/presigned-url/a-condition-in-the-signed-query'],
    lie: refusing(hasInQuery('If-Match'), refused('If-Match')),
  },
  {
    name: 'presigned PUT: a signed condition that is sent is looked at',
    breaks: 'it only has to be sent',
    specs: ['specs/presigned-url/the-sdk-signs-a-condition-as-a-header'],
    lie: insteadOf(412, names('if-none-match'), written),
  },
  {
    name: 'presigned PUT: a condition that was signed must be sent',
    breaks: 'the signature is not verified',
    specs: ['specs/presigned-url/a-signed-condition-must-be-sent'],
    lie: insteadOf(403, isPresigned, written),
  },
  {
    name: 'presigned PUT: a condition that is left out is a wrong signature',
    breaks: 'it is a failed precondition',
    specs: ['specs/presigned-url/a-signed-condition-must-be-sent'],
    lie: insteadOf(403, isPresigned, refused('If-Match')),
  },
  {
    name: 'presigned request: an x-amz- header has to be signed',
    breaks: 'it is not looked at',
    specs: ['specs/presigned-url/an-x-amz-condition-that-is-not-signed'],
    lie: insteadOf(403, isPresigned, written),
  },
  {
    name: 'presigned request: the refusal names the header that is not signed',
    breaks: 'it names none',
    specs: ['specs/presigned-url/an-x-amz-condition-that-is-not-signed'],
    lie: insteadOf(403, isPresigned, error(403, 'AccessDenied')),
  },
  {
    name: 'presigned PUT: without a condition it overwrites',
    breaks: 'whatever was presigned never overwrites',
    specs: ['specs/presigned-url/unsignable-headers'],
    lie: refusing((passing) => isPresigned(passing) && isPut(passing), refused('If-None-Match')),
  },
  {
    name: 'presigned PUT: the checksum of an empty body in the query refuses no other body',
    breaks: 'it is compared with the body',
    specs: ['specs/presigned-url/the-checksum-in-the-url'],
    lie: refusing(hasInQuery('x-amz-checksum-crc32'), error(400, 'BadDigest')),
  },
  {
    name: 'Signature Version 2: a conditional write is refused',
    breaks: 'it is written',
    specs: ['specs/presigned-url/signature-version-2'],
    lie: insteadOf(400, isVersion2, written),
  },
  {
    name: 'Signature Version 2: a conditional write is 400, whatever the key holds',
    breaks: 'If-Match is compared first',
    specs: ['specs/presigned-url/signature-version-2'],
    lie: insteadOf(400, having(isVersion2, 'if-match', /./), refused('If-Match')),
  },
]
