import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const allow = { Effect: 'Allow', Action: 's3:PutObject' }
const statements = [
  { ...allow, Condition: { Null: { 's3:if-none-match': 'false' } } },
  { ...allow, Condition: { Null: { 's3:if-match': 'false' } } },
  { ...allow, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
  { ...allow, Action: 's3:GetObject' },
]
const options = docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] })

describe('Allow statements can require either If-Match or If-None-Match', options, () => {
  test(
    'PutObject with If-None-Match: * succeeds when the policy requires If-Match or If-None-Match',
    evidence(facts.A17),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, ...statements)))

      await secondUser.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag when the policy requires If-Match or If-None-Match',
    evidence(facts.A17),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, ...statements)))

      await secondUser.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject without a condition fails with 403 AccessDenied when the policy requires If-Match or If-None-Match',
    evidence(facts.A17, facts.A05),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, ...statements)))

      await expect(secondUser.send(new PutObjectCommand({ ...key, Body: 'first' }))).toFailWith(403, 'AccessDenied')
      await expect(key).toHaveNoObject()
    },
  )
})
