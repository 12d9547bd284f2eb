import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const deletes = { Effect: 'Allow', Action: 's3:DeleteObject' }
const options = docs('conditional-deletes', { needs: ['second-user', 'bucket-policy'] })

describe('If-Match: * on a delete requires only s3:DeleteObject', options, () => {
  test(
    'DeleteObject with If-Match: * succeeds when the caller has only the s3:DeleteObject permission',
    evidence(facts.X17),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, deletes)))

      await secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: '*' }))

      await expect(object).toHaveNoObject()
    },
  )
})
