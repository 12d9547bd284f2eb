import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal } }
  const writes = { ...statement, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [writes, source] })
}

describe(
  'If-None-Match reveals whether a key exists to a caller with only the s3:PutObject permission',
  docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject with If-None-Match: * and only the s3:PutObject permission fails with 412 when the key exists',
      evidence(facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        const Policy = policyOf(address.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const write = secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-None-Match: * and only the s3:PutObject permission succeeds when the key does not exist',
      evidence(facts.A10, facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )
  },
)
