import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { Null: { 's3:if-none-match': 'false' } },
      },
    ],
  })

describe(
  'An Allow can demand If-None-Match of who is given the right to write',
  docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject writes with it',
      evidence(facts.A01, facts.A02),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, secondUserArn) }))

        await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )

    test(
      'PutObject is 403 without',
      evidence(facts.A02, facts.A05),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, secondUserArn) }))

        const write = secondUser.send(new PutObjectCommand({ ...key, Body: 'first' }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test('the owner needs none', evidence(facts.A02), async ({ s3, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, secondUserArn) }))

      await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      await expect(key).toHaveBody('first')
    })
  },
)
