import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal } }
  const writes = { ...statement, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [writes, source] })
}

describe(
  'Who may only write can learn with If-None-Match whether a key holds an object',
  docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject is 412 where it does',
      evidence(facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, secondUserArn) }),
        )

        const write = secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject writes where it does not',
      evidence(facts.A10, facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, secondUserArn) }))

        await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )
  },
)
