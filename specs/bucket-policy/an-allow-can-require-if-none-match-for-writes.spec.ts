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
  'An Allow statement can require If-None-Match for writes',
  docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject with If-None-Match: * succeeds when an Allow statement requires the header',
      evidence(facts.A01, facts.A02),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )

    test(
      'PutObject without If-None-Match fails with 403 AccessDenied when an Allow statement requires it',
      evidence(facts.A02, facts.A05),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        const write = secondUser.send(new PutObjectCommand({ ...key, Body: 'first' }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'PutObject without If-None-Match succeeds for the bucket owner even when an Allow statement requires it',
      evidence(facts.A02),
      async ({ s3, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

        await expect(key).toHaveBody('first')
      },
    )
  },
)
