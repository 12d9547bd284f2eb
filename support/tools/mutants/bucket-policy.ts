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
  'UploadPart needs no condition, because it does not create an object': {
    'it needs the condition, too': failing(bySecondUser('UploadPart'), accessDenied),
  },
}

export const bucketPolicy: readonly Mutant[] = mutants('bucket-policy', {
  'an-allow-can-require-if-none-match-for-writes': {
    'An Allow that requires If-None-Match allows no write without it': {
      'the condition key is ignored': asOwner('PutObject'),
    },
    'An Allow that requires If-None-Match allows writes with it': {
      'only the owner may write': failing(bySecondUser('PutObject'), accessDenied),
    },
  },
  'parts-need-a-separate-statement': {
    'CreateMultipartUpload needs a separate Allow': {
      'the Allow for writes is sufficient': asOwner('CreateMultipartUpload'),
    },
    ...partsNeedNoCondition,
  },
  'an-upload-succeeds-when-either-header-is-required': partsNeedNoCondition,
  'a-statement-for-parts-allows-part-copies-not-completions': {
    's3:ObjectCreationOperation is true for CompleteMultipartUpload': {
      'the statement for parts allows CompleteMultipartUpload': asOwner('CompleteMultipartUpload'),
    },
  },
  'a-deny-can-require-if-match-for-all-callers': {
    'A Deny applies to the owner, too': { 'policies are not enforced': withoutPolicies },
    'A Deny of writes without If-Match allows writes with it': {
      'it denies every write': failing(withHeader('PutObject', 'ifMatch'), accessDenied),
    },
  },
  'a-deny-can-require-if-none-match-for-copies': {
    'A Deny of writes without If-None-Match applies to copies': { 'policies are not enforced': withoutPolicies },
  },
  'an-allow-can-require-either-header': {
    'With one statement for each header, either header is sufficient': {
      'If-Match is not sufficient': failing(withHeader(bySecondUser('PutObject'), 'ifMatch'), accessDenied),
    },
  },
  'if-match-on-putobject-requires-s3-getobject': {
    'PutObject with If-Match requires s3:GetObject': { 's3:PutObject is sufficient': asOwner(every) },
  },
  'if-match-on-a-completion-or-copy-requires-s3-getobject': {
    'A completion or copy with If-Match requires s3:GetObject': { 's3:PutObject is sufficient': asOwner(every) },
  },
  'if-none-match-requires-only-s3-putobject': {
    'A completion or copy with If-None-Match requires only s3:PutObject': {
      'it requires s3:GetObject': failing(withHeader(bySecondUser(every), 'ifNoneMatch'), accessDenied),
    },
  },
  'a-deny-applies-to-completions-and-not-to-parts': {
    'A Deny of writes without If-Match does not apply to parts': {
      'it denies parts': failing('UploadPart', accessDenied),
    },
    'A Deny of writes without If-Match applies to completions': { 'policies are not enforced': withoutPolicies },
  },
  'if-none-match-reveals-whether-a-key-exists': {
    'A write with If-None-Match: * fails with 412 even without permission to read': {
      'it fails with 403': insteadOf(412, bySecondUser(every), accessDenied),
    },
  },
  'an-allow-can-require-if-match-for-deletes': {
    'An Allow that requires If-Match allows no delete without it': {
      'the condition key is ignored': asOwner('DeleteObject'),
    },
  },
  'a-wildcard-on-a-delete-requires-only-s3-deleteobject': {
    'DeleteObject with If-Match: * requires only s3:DeleteObject': {
      'it requires s3:GetObject': failing(withHeader(bySecondUser('DeleteObject'), 'ifMatch', /\*/), accessDenied),
    },
  },
  'requiring-if-match-does-not-affect-deletes-by-version-id': {
    'DeleteObject with a version id requires s3:DeleteObjectVersion': {
      's3:DeleteObject is sufficient': {
        request(request) {
          // The proxy re-signs the owner's requests.
          const { method, path, headers } = request
          const asOwner = headerOf(request, 'authorization').replace('Credential=guest/', 'Credential=test/')
          if (method === 'DELETE' && !path.includes('uploadId=')) headers.authorization = asOwner
          return undefined
        },
      },
    },
    's3:DeleteObjectVersion has no condition key': {
      'it requires If-Match': failing(bySecondUser(not(withHeader('DeleteObject', 'ifMatch'))), accessDenied),
    },
  },
  'each-condition-key-works-only-with-certain-actions': {
    'PutBucketPolicy fails for a condition key with an action that does not support it': {
      'it accepts every policy': returning(isPolicy, { status: 204 }),
    },
    'PutBucketPolicy accepts a condition key with the actions that support it': {
      'it accepts no policy': returning(isPolicy, error(400, 'MalformedPolicy')),
    },
  },
  'the-value-is-the-header-without-its-quotes': {
    'The value of a condition key has no quotes': { 'it has quotes and never matches': withoutPolicies },
    'A policy compares a list of ETags as one value': {
      'it compares each ETag': failing(withHeader('PutObject', 'ifMatch', /,/), accessDenied),
    },
  },
})
