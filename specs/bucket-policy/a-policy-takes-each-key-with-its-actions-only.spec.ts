import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, Action: string, ...keys: string[]) => {
  const Condition = { Null: Object.fromEntries(keys.map((key) => [key, 'true'])) }
  const statement = { Effect: 'Deny', Principal: '*', Resource: `arn:aws:s3:::${bucket}/none` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action, Condition }] })
}

// With which error Amazon S3 refuses such a policy, no source says.
describe(
  'PutBucketPolicy takes each condition key with its own actions only',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test('s3:PutObject with both', evidence(facts.A08, facts.A15), async ({ s3, createBucket }) => {
      const Bucket = await createBucket()
      const Policy = policyOf(Bucket, 's3:PutObject', 's3:if-match', 's3:if-none-match')

      await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))).toReturnStatus(204)
    })

    test('s3:DeleteObject with s3:if-match', evidence(facts.A08, facts.A15), async ({ s3, createBucket }) => {
      const Bucket = await createBucket()
      const Policy = policyOf(Bucket, 's3:DeleteObject', 's3:if-match')

      await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))).toReturnStatus(204)
    })

    test('s3:DeleteObject not with s3:if-none-match', evidence(facts.A08, facts.A15), async ({ s3, createBucket }) => {
      const Bucket = await createBucket()
      const Policy = policyOf(Bucket, 's3:DeleteObject', 's3:if-none-match')

      const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

      await expect(put).toFailWith()
    })

    test('s3:DeleteObjectVersion with neither', evidence(facts.A08, facts.A15), async ({ s3, createBucket }) => {
      const Bucket = await createBucket()
      const Policy = policyOf(Bucket, 's3:DeleteObjectVersion', 's3:if-match')

      const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

      await expect(put).toFailWith()
    })

    test('s3:GetObject with neither', evidence(facts.A08), async ({ s3, createBucket }) => {
      const Bucket = await createBucket()
      const Policy = policyOf(Bucket, 's3:GetObject', 's3:if-match')

      const put = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

      await expect(put).toFailWith()
    })
  },
)
