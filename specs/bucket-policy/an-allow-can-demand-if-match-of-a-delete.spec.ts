import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) => {
  const all = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const deletes = { ...all, Action: 's3:DeleteObject', Condition: { Null: { 's3:if-match': 'false' } } }
  return JSON.stringify({ Version: '2012-10-17', Statement: [deletes, { ...all, Action: 's3:GetObject' }] })
}

describe(
  'An Allow can demand If-Match of who is given the right to delete',
  docs('conditional-deletes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'DeleteObject is 403 without it',
      evidence(facts.A05, facts.A07),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, secondUserArn) }),
        )

        await expect(secondUser.send(new DeleteObjectCommand(address))).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )

    test(
      'DeleteObject deletes with the current entity tag',
      evidence(facts.A07, facts.X17),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, secondUserArn) }),
        )

        await secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

        await expect(object).toHaveNoObject()
      },
    )

    test(
      'DeleteObject is still 412 with another entity tag',
      evidence(facts.A07, facts.X03),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, secondUserArn) }),
        )

        const remove = secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: anotherETag }))

        await expect(remove).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(object).toBeUnchanged()
      },
    )
  },
)
