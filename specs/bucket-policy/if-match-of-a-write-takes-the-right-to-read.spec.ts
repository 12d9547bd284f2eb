import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const policyOf = (bucket: string, principal: string, ...actions: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action: actions }, source] })
}

describe(
  'If-Match of a write takes s3:GetObject beside s3:PutObject',
  docs('conditional-writes', { needs: ['guest', 'bucket-policy'] }),
  () => {
    test(
      'PutObject is 403 without it',
      evidence(facts.A11, facts.A04),
      async ({ s3, guest, principal, createBucket, storeIn }) => {
        const object = await storeIn(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, principal, 's3:PutObject')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        const write = guest.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(write).toBeRefused(403, 'AccessDenied')
        await expect(object).toBeUntouched()
      },
    )

    test(
      'PutObject overwrites with it',
      evidence(facts.A04, facts.P09),
      async ({ s3, guest, principal, createBucket, storeIn }) => {
        const object = await storeIn(await createBucket())
        const { address, ETag } = object
        const Policy = policyOf(address.Bucket, principal, 's3:PutObject', 's3:GetObject')
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

        await guest.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHoldObject('second')
      },
    )
  },
)
