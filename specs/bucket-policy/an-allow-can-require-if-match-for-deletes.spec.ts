import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const deletes = { Effect: 'Allow', Action: 's3:DeleteObject', Condition: { Null: { 's3:if-match': 'false' } } }
const reads = { Effect: 'Allow', Action: 's3:GetObject' }
const options = docs('conditional-deletes-enforce', { needs: ['second-user', 'bucket-policy'] })

describe('An Allow statement can require If-Match for deletes', options, () => {
  test(
    'DeleteObject without If-Match fails with 403 AccessDenied when an Allow statement requires it',
    evidence(facts.A05, facts.A07),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, deletes, reads)))

      await expect(secondUser.send(new DeleteObjectCommand(address))).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with If-Match succeeds for the current ETag when an Allow statement requires If-Match',
    evidence(facts.A07, facts.X17),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, deletes, reads)))

      await secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

      await expect(object).toHaveNoObject()
    },
  )

  test(
    'DeleteObject with If-Match fails with 412 when the ETag does not match and an Allow statement requires If-Match',
    evidence(facts.A07, facts.X03),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, deletes, reads)))

      const remove = secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: anotherETag }))

      await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
