import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal } }
  const writes = { ...statement, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [writes, source] })
}

describe(
  'Who may only write can learn with If-None-Match whether a key holds an object',
  docs('conditional-writes', { needs: ['guest', 'bucket-policy'] }),
  () => {
    test(
      'PutObject is 412 where it does',
      evidence(facts.A12),
      async ({ s3, guest, principal, createBucket, storeIn }) => {
        const object = await storeIn(await createBucket())
        const { address } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, principal) }),
        )

        const write = guest.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

        await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
        await expect(object).toBeUntouched()
      },
    )

    test(
      'PutObject writes where it does not',
      evidence(facts.A10, facts.A12),
      async ({ s3, guest, principal, createBucket, keyIn }) => {
        const key = keyIn(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, principal) }))

        await guest.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHoldObject('first')
      },
    )
  },
)
