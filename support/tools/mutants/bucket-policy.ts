import { type Mutant, mutants } from './mutant'
import {
  accessDenied,
  allOf,
  asOwner,
  changingState,
  failing,
  insteadOf,
  not,
  type Predicate,
  type Scope,
  withHeader,
} from './overrides'
import { error, headerOf, isPolicy, returning } from './wire'

const every: Predicate = () => true
const bySecondUser = (scope: Scope): Predicate => allOf(scope, ({ caller }) => caller?.onlyByPolicy === true)
const withoutPolicies = changingState(every, ({ bucket: { policy: _, ...bucket }, ...state }) => ({ ...state, bucket }))

const partsNeedNoCondition = {
  'UploadPart succeeds without a condition when the policy requires a condition only for requests that create an object':
    {
      'UploadPart without a condition fails with 403': failing(bySecondUser('UploadPart'), accessDenied),
    },
}

export const bucketPolicy: readonly Mutant[] = mutants('bucket-policy', {
  'an-allow-can-require-if-none-match-for-writes': {
    'An Allow statement that requires If-None-Match does not allow writes without the header': {
      'the store ignores the condition key in the policy': asOwner('PutObject'),
    },
    'An Allow statement that requires If-None-Match allows writes with the header': {
      'only the bucket owner can write': failing(bySecondUser('PutObject'), accessDenied),
    },
  },
  'parts-need-a-separate-statement': {
    'CreateMultipartUpload fails with 403 when the only Allow statement requires If-None-Match': {
      'the statement also allows CreateMultipartUpload': asOwner('CreateMultipartUpload'),
    },
    ...partsNeedNoCondition,
  },
  'an-upload-succeeds-when-either-header-is-required': partsNeedNoCondition,
  'a-statement-for-parts-allows-part-copies-not-completions': {
    'The condition key s3:ObjectCreationOperation is true for CompleteMultipartUpload': {
      'a statement that allows part uploads also allows CompleteMultipartUpload': asOwner('CompleteMultipartUpload'),
    },
  },
  'a-deny-can-require-if-match-for-all-callers': {
    'A Deny statement also applies to the bucket owner': {
      'the store does not enforce bucket policies': withoutPolicies,
    },
    'A Deny statement for writes without If-Match does not deny writes with the header': {
      'the statement denies every write': failing(withHeader('PutObject', 'ifMatch'), accessDenied),
    },
  },
  'a-deny-can-require-if-none-match-for-copies': {
    'A Deny statement for writes without If-None-Match also applies to CopyObject': {
      'the store does not enforce bucket policies': withoutPolicies,
    },
  },
  'an-allow-can-require-either-header': {
    'When one Allow statement requires If-Match and another requires If-None-Match, either header is sufficient': {
      'PutObject with only If-Match fails with 403': failing(
        withHeader(bySecondUser('PutObject'), 'ifMatch'),
        accessDenied,
      ),
    },
  },
  'if-match-on-putobject-requires-s3-getobject': {
    'PutObject with If-Match requires s3:GetObject': { 's3:PutObject is sufficient': asOwner(every) },
  },
  'if-match-on-a-completion-or-copy-requires-s3-getobject': {
    'CompleteMultipartUpload and CopyObject with If-Match require s3:GetObject on the destination': {
      's3:PutObject is sufficient': asOwner(every),
    },
  },
  'if-none-match-requires-only-s3-putobject': {
    'CompleteMultipartUpload and CopyObject with If-None-Match require only s3:PutObject on the destination': {
      's3:GetObject is also required': failing(withHeader(bySecondUser(every), 'ifNoneMatch'), accessDenied),
    },
  },
  'a-deny-applies-to-completions-and-not-to-parts': {
    'A Deny statement for writes without If-Match does not apply to UploadPart': {
      'UploadPart fails with 403': failing('UploadPart', accessDenied),
    },
    'A Deny statement for writes without If-Match also applies to CompleteMultipartUpload': {
      'the store does not enforce bucket policies': withoutPolicies,
    },
  },
  'if-none-match-reveals-whether-a-key-exists': {
    'A write with If-None-Match: * to an existing key fails with 412 even if the caller is not allowed to read the object':
      {
        'the request fails with 403': insteadOf(412, bySecondUser(every), accessDenied),
      },
  },
  'an-allow-can-require-if-match-for-deletes': {
    'An Allow statement that requires If-Match does not allow deletes without the header': {
      'the store ignores the condition key in the policy': asOwner('DeleteObject'),
    },
  },
  'a-wildcard-on-a-delete-requires-only-s3-deleteobject': {
    'DeleteObject with If-Match: * requires only s3:DeleteObject': {
      's3:GetObject is also required': failing(withHeader(bySecondUser('DeleteObject'), 'ifMatch', /\*/), accessDenied),
    },
  },
  'requiring-if-match-does-not-affect-deletes-by-version-id': {
    'DeleteObject with a version id requires s3:DeleteObjectVersion': {
      's3:DeleteObject is sufficient': {
        request(request) {
          // If the header contains the owner's access key, the proxy re-signs the request as if the owner had sent it.
          const { method, path, headers } = request
          const asOwner = headerOf(request, 'authorization').replace('Credential=guest/', 'Credential=test/')
          if (method === 'DELETE' && !path.includes('uploadId=')) headers.authorization = asOwner
          return undefined
        },
      },
    },
    'A policy that requires If-Match does not affect DeleteObject with a version id': {
      'DeleteObject with a version id fails with 403 when If-Match is not sent': failing(
        bySecondUser(not(withHeader('DeleteObject', 'ifMatch'))),
        accessDenied,
      ),
    },
  },
  'each-condition-key-works-only-with-certain-actions': {
    'PutBucketPolicy fails when a statement combines a condition key with an action that does not support the key': {
      'PutBucketPolicy accepts every policy': returning(isPolicy, { status: 204 }),
    },
    'PutBucketPolicy succeeds when a statement combines a condition key with an action that supports the key': {
      'PutBucketPolicy rejects every policy': returning(isPolicy, error(400, 'MalformedPolicy')),
    },
  },
  'the-value-is-the-header-without-its-quotes': {
    'The value of the condition key s3:if-match is the ETag without its quotes': {
      'the value includes the quotes, so a policy value without quotes never matches': withoutPolicies,
    },
    'A list of ETags in If-Match is a single value of the condition key s3:if-match': {
      'the store compares the value in the policy with each ETag in the list': failing(
        withHeader('PutObject', 'ifMatch', /,/),
        accessDenied,
      ),
    },
  },
})
