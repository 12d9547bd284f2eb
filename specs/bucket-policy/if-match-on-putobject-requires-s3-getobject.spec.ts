import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject' }
const reads = { Effect: 'Allow', Action: 's3:GetObject' }
const options = docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] })

describe('If-Match on PutObject requires s3:GetObject in addition to s3:PutObject', options, () => {
  test(
    'PutObject with If-Match fails with 403 AccessDenied when the caller lacks the s3:GetObject permission',
    evidence(facts.A11, facts.A04),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, writes)))

      const write = secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(write).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag when the caller has s3:GetObject and s3:PutObject',
    evidence(facts.A04, facts.P09),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, writes, reads)))

      await secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(object).toHaveBody('second')
    },
  )
})
