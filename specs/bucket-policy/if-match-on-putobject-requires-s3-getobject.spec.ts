import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string, ...actions: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action: actions }, source] })
}

describe(
  'If-Match on PutObject requires s3:GetObject in addition to s3:PutObject',
  docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject with If-Match fails with 403 AccessDenied without the s3:GetObject permission',
      evidence(facts.A11, facts.A04),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, secondUserArn, 's3:PutObject')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const write = secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(write).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-Match succeeds with the s3:GetObject and s3:PutObject permissions',
      evidence(facts.A04, facts.P09),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, secondUserArn, 's3:PutObject', 's3:GetObject')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        await secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHaveBody('second')
      },
    )
  },
)
