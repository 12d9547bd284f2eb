import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject' }

describe(
  'If-None-Match reveals whether a key exists to a caller with only the s3:PutObject permission',
  docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'PutObject with If-None-Match: * fails with 412 for an existing key when the caller has only s3:PutObject',
      evidence(facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, writes)))

        const write = secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'PutObject with If-None-Match: * succeeds for a new key when the caller has only s3:PutObject',
      evidence(facts.A10, facts.A12),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))

        await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )
  },
)
