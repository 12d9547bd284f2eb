import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'false' } } }
const options = docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] })

describe('An Allow statement can require If-None-Match for writes', options, () => {
  test(
    'PutObject with If-None-Match: * succeeds when an Allow statement requires the header',
    evidence(facts.A01, facts.A02),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))

      await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject without If-None-Match fails with 403 AccessDenied when an Allow statement requires it',
    evidence(facts.A02, facts.A05),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))

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
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))

      await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

      await expect(key).toHaveBody('first')
    },
  )
})
