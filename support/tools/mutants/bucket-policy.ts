import { type Mutant, mutants } from './mutant'
import {
  accessDenied,
  asIfIn,
  asOwner,
  both,
  having,
  instead,
  type Meant,
  not,
  refusing,
  type Which,
} from './overrides'
import { error, isPolicy, returning, sent } from './wire'

const every: Meant = () => true
const byGuest = (which: Which): Meant => both(which, ({ caller }) => caller?.onlyByPolicy === true)
/** Policies are stored and not enforced. */
const withoutPolicies = asIfIn(every, ({ bucket: { policy: _, ...bucket }, ...state }) => ({ ...state, bucket }))

export const bucketPolicy: readonly Mutant[] = mutants('bucket-policy', {
  'an-allow-can-require-if-none-match-for-writes': {
    'policy: an Allow with a condition key allows nothing else': {
      'the condition is not looked at': asOwner('PutObject'),
    },
    'policy: an Allow that demands If-None-Match allows what has it': {
      'who is not the owner may write nothing': refusing(byGuest('PutObject'), accessDenied),
    },
  },
  'parts-need-a-separate-statement': {
    'policy: CreateMultipartUpload has no condition, and needs a statement of its own': {
      'an Allow of any write allows it': asOwner('CreateMultipartUpload'),
    },
    'policy: parts are no ObjectCreationOperation': {
      'they need the condition, too': refusing(byGuest('UploadPart'), accessDenied),
    },
  },
  'an-upload-succeeds-when-either-header-is-required': {
    'policy: parts are no ObjectCreationOperation': {
      'they need the condition, too': refusing(byGuest('UploadPart'), accessDenied),
    },
  },
  'a-statement-for-parts-allows-part-copies-not-completions': {
    'policy: CompleteMultipartUpload is an ObjectCreationOperation': {
      'it passes for a part': asOwner('CompleteMultipartUpload'),
    },
  },
  'a-deny-can-require-if-match-for-all-callers': {
    'policy: a Deny binds the owner, too': { 'policies are stored and not enforced': withoutPolicies },
    'policy: a Deny of what has no If-Match leaves what has it alone': {
      'it denies every write': refusing(having('PutObject', 'ifMatch'), accessDenied),
    },
  },
  'an-allow-can-require-either-header': {
    'policy: either header will do where there is a statement for each': {
      'If-Match does not count': refusing(having(byGuest('PutObject'), 'ifMatch'), accessDenied),
    },
  },
  'if-match-on-putobject-requires-s3-getobject': {
    'If-Match of a write takes s3:GetObject, too': { 's3:PutObject will do': asOwner(every) },
  },
  'if-match-on-a-completion-or-copy-requires-s3-getobject': {
    'If-Match of a completion or copy takes s3:GetObject, too': { 's3:PutObject will do': asOwner(every) },
  },
  'if-none-match-requires-only-s3-putobject': {
    'If-None-Match of a completion or copy takes s3:PutObject alone': {
      's3:GetObject is needed, too': refusing(having(byGuest(every), 'ifNoneMatch'), accessDenied),
    },
  },
  'a-deny-applies-to-completions-and-not-to-parts': {
    'policy: a Deny of writes without If-Match leaves parts alone': {
      'it denies them, too': refusing('UploadPart', accessDenied),
    },
    'policy: a Deny of writes without If-Match denies completions': {
      'policies are stored and not enforced': withoutPolicies,
    },
  },
  'if-none-match-reveals-whether-a-key-exists': {
    'If-None-Match takes s3:PutObject alone, and tells what the key holds': {
      '403 to who may not read': instead(412, byGuest(every), accessDenied),
    },
  },
  'an-allow-can-require-if-match-for-deletes': {
    'policy: a delete without the If-Match that is demanded is refused': {
      'the condition is not looked at': asOwner('DeleteObject'),
    },
  },
  'a-wildcard-on-a-delete-requires-only-s3-deleteobject': {
    'If-Match: * of a delete takes s3:DeleteObject alone': {
      's3:GetObject is needed, too': refusing(having(byGuest('DeleteObject'), 'ifMatch', /\*/), accessDenied),
    },
  },
  'requiring-if-match-does-not-affect-deletes-by-version-id': {
    'a delete by version id takes s3:DeleteObjectVersion': {
      's3:DeleteObject will do': {
        request(passing) {
          // The proxy signs anew what the owner has signed.
          const { method, path, headers } = passing
          const owned = sent(passing, 'authorization').replace('Credential=guest/', 'Credential=test/')
          if (method === 'DELETE' && !path.includes('uploadId=')) headers.authorization = owned
          return undefined
        },
      },
    },
    's3:DeleteObjectVersion has no condition key': {
      'If-Match is demanded of it, too': refusing(byGuest(not(having('DeleteObject', 'ifMatch'))), accessDenied),
    },
  },
  'each-condition-key-works-only-with-certain-actions': {
    'PutBucketPolicy takes a condition key with its own actions only': {
      'it takes everything': returning(isPolicy, { status: 204 }),
    },
    'PutBucketPolicy takes a condition key with its own actions': {
      'it takes none': returning(isPolicy, error(400, 'MalformedPolicy')),
    },
  },
  'the-value-is-the-header-without-its-quotes': {
    'policy: the value of a key has no quotes': {
      'it is compared with its quotes, so that nothing is equal': withoutPolicies,
    },
    'policy: a list of entity tags is one value': {
      'each of them is compared': refusing(having('PutObject', 'ifMatch', /,/), accessDenied),
    },
  },
})
