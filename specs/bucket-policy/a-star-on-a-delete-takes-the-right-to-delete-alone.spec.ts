import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const policyOf = (bucket: string, principal: string, ...actions: string[]) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Action: actions }] })
}

describe(
  'If-Match: * on a delete takes s3:DeleteObject alone',
  docs('conditional-deletes', { needs: ['guest', 'bucket-policy'] }),
  () => {
    test('DeleteObject deletes', evidence(facts.X17), async ({ s3, guest, principal, createBucket, storeIn }) => {
      const object = await storeIn(await createBucket())
      const { address } = object
      const Policy = policyOf(address.Bucket, principal, 's3:DeleteObject')
      await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))

      await guest.send(new DeleteObjectCommand({ ...address, IfMatch: '*' }))

      await expect(object).toHoldNothing()
    })
  },
)
