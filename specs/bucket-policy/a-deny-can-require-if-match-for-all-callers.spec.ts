import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const requiresIfMatch = {
  Effect: 'Deny',
  Action: 's3:PutObject',
  Condition: { Null: { 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
}
const options = docs('conditional-writes-enforce', { needs: ['bucket-policy'] })

describe('A Deny statement can require If-Match for all callers, including the bucket owner', options, () => {
  test(
    'PutObject without If-Match fails with 403 AccessDenied when the policy denies writes without that header',
    evidence(facts.A03, facts.A05),
    async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', requiresIfMatch)))

      await expect(s3.send(new PutObjectCommand({ ...address, Body: 'second' }))).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag when the policy denies writes without If-Match',
    evidence(facts.A01, facts.A03),
    async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', requiresIfMatch)))

      await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject with If-Match fails with 412 when the ETag does not match and the policy denies writes without If-Match',
    evidence(facts.A03, facts.P13),
    async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', requiresIfMatch)))

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
