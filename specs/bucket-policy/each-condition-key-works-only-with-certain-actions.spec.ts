import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, Action: string, ...keys: string[]) => {
  const Condition = { Null: Object.fromEntries(keys.map((key) => [key, 'true'])) }
  const statement = { Effect: 'Deny', Principal: '*', Resource: `arn:aws:s3:::${bucket}/none` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action, Condition }] })
}

// No source documents the error that Amazon S3 returns for a rejected policy.
describe(
  'PutBucketPolicy accepts each condition key only with the actions that support it',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'PutBucketPolicy returns 204 for s3:PutObject with s3:if-match and s3:if-none-match',
      evidence(facts.A08, facts.A15),
      async ({ s3, createBucket }) => {
        const Bucket = await createBucket()
        const Policy = policyOf(Bucket, 's3:PutObject', 's3:if-match', 's3:if-none-match')

        await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))).toReturnStatus(204)
      },
    )

    test(
      'PutBucketPolicy returns 204 for s3:DeleteObject with s3:if-match',
      evidence(facts.A08, facts.A15),
      async ({ s3, createBucket }) => {
        const Bucket = await createBucket()
        const Policy = policyOf(Bucket, 's3:DeleteObject', 's3:if-match')

        await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))).toReturnStatus(204)
      },
    )

    test(
      'PutBucketPolicy fails for s3:DeleteObject with s3:if-none-match',
      evidence(facts.A08, facts.A15),
      async ({ s3, createBucket }) => {
        const Bucket = await createBucket()
        const Policy = policyOf(Bucket, 's3:DeleteObject', 's3:if-none-match')

        const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

        await expect(put).toFailWith()
      },
    )

    test(
      'PutBucketPolicy fails for s3:DeleteObjectVersion with s3:if-match',
      evidence(facts.A08, facts.A15),
      async ({ s3, createBucket }) => {
        const Bucket = await createBucket()
        const Policy = policyOf(Bucket, 's3:DeleteObjectVersion', 's3:if-match')

        const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

        await expect(put).toFailWith()
      },
    )

    test(
      'PutBucketPolicy fails for s3:GetObject with s3:if-match',
      evidence(facts.A08),
      async ({ s3, createBucket }) => {
        const Bucket = await createBucket()
        const Policy = policyOf(Bucket, 's3:GetObject', 's3:if-match')

        const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

        await expect(put).toFailWith()
      },
    )
  },
)
