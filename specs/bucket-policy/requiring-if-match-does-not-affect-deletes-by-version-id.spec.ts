import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const reads = { Effect: 'Allow', Action: 's3:GetObject' }
const deletes = { Effect: 'Allow', Action: 's3:DeleteObject', Condition: { Null: { 's3:if-match': 'false' } } }
const deletesOfVersions = { Effect: 'Allow', Action: 's3:DeleteObjectVersion' }
const options = docs('conditional-deletes-enforce', { needs: ['second-user', 'bucket-policy', 'versioning'] })

describe('Requiring If-Match for s3:DeleteObject does not affect deletes by version id', options, () => {
  test(
    'DeleteObject with a version id fails with 403 AccessDenied when the caller lacks s3:DeleteObjectVersion',
    evidence(facts.A14),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket({ versioning: true }))
      const { address, VersionId } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, reads, deletes)))

      const remove = secondUser.send(new DeleteObjectCommand({ ...address, VersionId }))

      await expect(remove).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'DeleteObject with a version id succeeds without If-Match when the caller has s3:DeleteObjectVersion',
    evidence(facts.A14, facts.A15),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket({ versioning: true }))
      const { address, VersionId } = object
      await s3.send(
        new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, reads, deletes, deletesOfVersions)),
      )

      await secondUser.send(new DeleteObjectCommand({ ...address, VersionId }))

      await expect(object).toHaveNoObject()
    },
  )
})
