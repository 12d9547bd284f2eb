import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string, ...otherActions: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const deletes = { ...statement, Action: 's3:DeleteObject', Condition: { Null: { 's3:if-match': 'false' } } }
  const unconditional = { ...statement, Action: ['s3:GetObject', ...otherActions] }
  return JSON.stringify({ Version: '2012-10-17', Statement: [deletes, unconditional] })
}

describe(
  'Requiring If-Match for s3:DeleteObject does not affect deletes by version id',
  docs('conditional-deletes-enforce', { needs: ['second-user', 'bucket-policy', 'versioning'] }),
  () => {
    test(
      'DeleteObject by version id fails with 403 AccessDenied without the s3:DeleteObjectVersion permission',
      evidence(facts.A14),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket({ versioning: true }))
        const { address, VersionId } = object
        const Policy = policyOf(address.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const remove = secondUser.send(new DeleteObjectCommand({ ...address, VersionId }))

        await expect(remove).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObject by version id succeeds without If-Match for a caller with the s3:DeleteObjectVersion permission',
      evidence(facts.A14, facts.A15),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket({ versioning: true }))
        const { address, VersionId } = object
        const Policy = policyOf(address.Bucket, secondUserArn, 's3:DeleteObjectVersion')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        await secondUser.send(new DeleteObjectCommand({ ...address, VersionId }))

        await expect(object).toHaveNoObject()
      },
    )
  },
)
