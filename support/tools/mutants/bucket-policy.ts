import type { Lie } from '../../proxy/liar'
import { error, having, insteadOf, isAbort, isComplete, isPart, isPut, type Meant, refusing, sent } from './lies'
import type { Mutant } from './mutant'

const isPolicy: Meant = ({ method, path }) => method === 'PUT' && /[?&]policy(=|&|$)/.test(path)
const isGuest: Meant = (passing) => sent(passing, 'authorization').includes('Credential=guest/')
const isDelete: Meant = ({ method }) => method === 'DELETE'
const accessDenied = error(403, 'AccessDenied')

/** Takes the second caller for the owner, whom no Allow binds. */
const asOwner = (meant: Meant): Lie => ({
  request(passing) {
    if (isGuest(passing) && meant(passing)) {
      passing.headers.authorization = sent(passing, 'authorization').replace('Credential=guest/', 'Credential=test/')
    }
    return undefined
  },
})
const any: Meant = () => true
const toGuest =
  (meant: Meant): Meant =>
  (passing) =>
    isGuest(passing) && meant(passing)

export const bucketPolicy: readonly Mutant[] = [
  {
    name: 'policy: an Allow with a condition key allows nothing else',
    breaks: 'the condition is not looked at',
    specs: ['specs/bucket-policy/an-allow-can-demand-if-none-match'],
    lie: asOwner(isPut),
  },
  {
    name: 'policy: an Allow that demands If-None-Match allows what has it',
    breaks: 'who is not the owner may write nothing',
    specs: ['specs/bucket-policy/an-allow-can-demand-if-none-match'],
    lie: refusing(toGuest(isPut), accessDenied),
  },
  {
    name: 'policy: CreateMultipartUpload has no condition, and needs a statement of its own',
    breaks: 'an Allow of any write allows it',
    specs: ['specs/bucket-policy/parts-need-a-statement'],
    lie: asOwner(({ path }) => /[?&]uploads/.test(path)),
  },
  {
    name: 'policy: parts are no ObjectCreationOperation',
    breaks: 'they need the condition, too',
    specs: ['specs/bucket-policy/parts-need-a-statement', 'specs/bucket-policy/an-upload-goes-with'],
    lie: refusing(toGuest(isPart), accessDenied),
  },
  {
    name: 'policy: CompleteMultipartUpload is an ObjectCreationOperation',
    breaks: 'it passes for a part',
    specs: ['specs/bucket-policy/a-statement-for-parts'],
    lie: asOwner(isComplete),
  },
  {
    name: 'policy: a Deny binds the owner, too',
    breaks: 'policies are stored and not enforced',
    specs: ['specs/bucket-policy/a-deny-can-demand'],
    lie: refusing(isPolicy, { status: 204 }),
  },
  {
    name: 'policy: a Deny of what has no If-Match leaves what has it alone',
    breaks: 'it denies every write',
    specs: ['specs/bucket-policy/a-deny-can-demand'],
    lie: refusing(having(isPut, 'if-match', /./), accessDenied),
  },
  {
    name: 'policy: either header will do where there is a statement for each',
    breaks: 'If-Match does not count',
    specs: ['specs/bucket-policy/an-allow-can-demand-either'],
    lie: refusing(having(toGuest(isPut), 'if-match', /./), accessDenied),
  },
  {
    name: 'If-Match of a write takes s3:GetObject, too',
    breaks: 's3:PutObject will do',
    specs: ['specs/bucket-policy/if-match-of-a-write'],
    lie: asOwner(any),
  },
  {
    name: 'If-Match of a completion or copy takes s3:GetObject, too',
    breaks: 's3:PutObject will do',
    specs: ['specs/bucket-policy/if-match-of-a-completion'],
    lie: asOwner(any),
  },
  {
    name: 'If-None-Match of a completion or copy takes s3:PutObject alone',
    breaks: 's3:GetObject is needed, too',
    specs: ['specs/bucket-policy/if-none-match-takes'],
    lie: refusing(having(isGuest, 'if-none-match', /./), accessDenied),
  },
  {
    name: 'policy: a Deny of writes without If-Match leaves parts alone',
    breaks: 'it denies them, too',
    specs: ['specs/bucket-policy/a-deny-leaves-parts'],
    lie: refusing(isPart, accessDenied),
  },
  {
    name: 'policy: a Deny of writes without If-Match denies completions',
    breaks: 'policies are stored and not enforced',
    specs: ['specs/bucket-policy/a-deny-leaves-parts'],
    lie: refusing(isPolicy, { status: 204 }),
  },
  {
    name: 'If-None-Match takes s3:PutObject alone, and tells what the key holds',
    breaks: '403 to who may not read',
    specs: ['specs/bucket-policy/who-may-only-write'],
    lie: insteadOf(412, isGuest, accessDenied),
  },
  {
    name: 'policy: a delete without the If-Match that is demanded is refused',
    breaks: 'the condition is not looked at',
    specs: ['specs/bucket-policy/an-allow-can-demand-if-match-of-a-delete'],
    lie: asOwner(isDelete),
  },
  {
    name: 'If-Match: * of a delete takes s3:DeleteObject alone',
    breaks: 's3:GetObject is needed, too',
    specs: ['specs/bucket-policy/a-star-on-a-delete'],
    lie: refusing(having(toGuest(isDelete), 'if-match', /\*/), accessDenied),
  },
  {
    name: 'a delete by version id takes s3:DeleteObjectVersion',
    breaks: 's3:DeleteObject will do',
    specs: ['specs/bucket-policy/a-demand-on-deletes'],
    lie: asOwner((passing) => isDelete(passing) && !isAbort(passing)),
  },
  {
    name: 's3:DeleteObjectVersion has no condition key',
    breaks: 'If-Match is demanded of it, too',
    specs: ['specs/bucket-policy/a-demand-on-deletes'],
    lie: refusing((passing) => isGuest(passing) && isDelete(passing) && !sent(passing, 'if-match'), accessDenied),
  },
  {
    name: 'PutBucketPolicy takes a condition key with its own actions only',
    breaks: 'it takes everything',
    specs: ['specs/bucket-policy/a-policy-takes-each-key'],
    lie: refusing(isPolicy, { status: 204 }),
  },
  {
    name: 'PutBucketPolicy takes a condition key with its own actions',
    breaks: 'it takes none',
    specs: ['specs/bucket-policy/a-policy-takes-each-key'],
    lie: refusing(isPolicy, error(400, 'MalformedPolicy')),
  },
  {
    name: 'policy: the value of a key has no quotes',
    breaks: 'it is compared with its quotes, so that nothing is equal',
    specs: ['specs/bucket-policy/the-value-is-the-header'],
    lie: refusing(isPolicy, { status: 204 }),
  },
  {
    name: 'policy: a list of entity tags is one value',
    breaks: 'each of them is compared',
    specs: ['specs/bucket-policy/the-value-is-the-header'],
    lie: refusing(having(isPut, 'if-match', /,/), accessDenied),
  },
]
