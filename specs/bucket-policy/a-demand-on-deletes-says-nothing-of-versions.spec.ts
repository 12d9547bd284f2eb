import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string, ...others: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const deletes = { ...statement, Action: 's3:DeleteObject', Condition: { Null: { 's3:if-match': 'false' } } }
  const plain = { ...statement, Action: ['s3:GetObject', ...others] }
  return JSON.stringify({ Version: '2012-10-17', Statement: [deletes, plain] })
}

describe(
  'A demand on deletes says nothing of deletes by version id',
  docs('conditional-deletes-enforce', { needs: ['second-user', 'bucket-policy', 'versioning'] }),
  () => {
    test(
      'a version takes s3:DeleteObjectVersion',
      evidence(facts.A14),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket({ versioning: true }))
        const { address, VersionId } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, secondUserArn) }),
        )

        await expect(secondUser.send(new DeleteObjectCommand({ ...address, VersionId }))).toFailWith(
          403,
          'AccessDenied',
        )
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'who has it deletes without a condition',
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
