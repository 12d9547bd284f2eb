import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string, ...actions: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action: actions }] })
}

describe(
  'If-Match: * on a delete requires only s3:DeleteObject',
  docs('conditional-deletes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'DeleteObject with If-Match: * succeeds with only the s3:DeleteObject permission',
      evidence(facts.X17),
      async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        const Policy = policyOf(address.Bucket, secondUserArn, 's3:DeleteObject')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        await secondUser.send(new DeleteObjectCommand({ ...address, IfMatch: '*' }))

        await expect(object).toHaveNoObject()
      },
    )
  },
)
