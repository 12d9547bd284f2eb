import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const denies = (Action: string, ...conditionKeys: string[]) => ({
  Effect: 'Deny',
  Action,
  Condition: { Null: Object.fromEntries(conditionKeys.map((key) => [key, 'true'])) },
})
const unsupported = [
  ['s3:DeleteObject', 's3:if-none-match'],
  ['s3:DeleteObjectVersion', 's3:if-match'],
] as const
const options = docs('conditional-writes-enforce', { needs: ['bucket-policy'] })

// No source documents which error Amazon S3 returns when it rejects a policy.
describe('PutBucketPolicy accepts each condition key only with the actions that support it', options, () => {
  test(
    'PutBucketPolicy returns 204 when a statement for s3:PutObject uses the s3:if-match and s3:if-none-match keys',
    evidence(facts.A08, facts.A15),
    async ({ s3, createBucket }) => {
      const policy = policyOf(await createBucket(), '*', denies('s3:PutObject', 's3:if-match', 's3:if-none-match'))

      await expect(s3.send(new PutBucketPolicyCommand(policy))).toReturnStatus(204)
    },
  )

  test(
    'PutBucketPolicy returns 204 when a statement for s3:DeleteObject uses the condition key s3:if-match',
    evidence(facts.A08, facts.A15),
    async ({ s3, createBucket }) => {
      const policy = policyOf(await createBucket(), '*', denies('s3:DeleteObject', 's3:if-match'))

      await expect(s3.send(new PutBucketPolicyCommand(policy))).toReturnStatus(204)
    },
  )

  test.for(unsupported)(
    'PutBucketPolicy fails when a statement for %s uses the condition key %s',
    evidence(facts.A08, facts.A15),
    async ([action, conditionKey], { s3, createBucket }) => {
      const policy = policyOf(await createBucket(), '*', denies(action, conditionKey))

      await expect(s3.send(new PutBucketPolicyCommand(policy))).toFailWith()
    },
  )

  test(
    'PutBucketPolicy fails when a statement for s3:GetObject uses the condition key s3:if-match',
    evidence(facts.A08),
    async ({ s3, createBucket }) => {
      const policy = policyOf(await createBucket(), '*', denies('s3:GetObject', 's3:if-match'))

      await expect(s3.send(new PutBucketPolicyCommand(policy))).toFailWith()
    },
  )
})
