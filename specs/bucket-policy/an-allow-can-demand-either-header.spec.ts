import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const writes = { ...statement, Action: 's3:PutObject' }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { ...writes, Condition: { Null: { 's3:if-none-match': 'false' } } },
      { ...writes, Condition: { Null: { 's3:if-match': 'false' } } },
      { ...writes, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
      { ...statement, Action: 's3:GetObject' },
    ],
  })
}

describe(
  'An Allow can demand either header',
  docs('conditional-writes-enforce', { needs: ['guest', 'bucket-policy'] }),
  () => {
    test(
      'PutObject writes with If-None-Match',
      evidence(facts.A17),
      async ({ s3, guest, principal, createBucket, keyIn }) => {
        const key = keyIn(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, principal) }))

        await guest.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

        await expect(key).toHoldObject('first')
      },
    )

    test(
      'PutObject writes with If-Match',
      evidence(facts.A17),
      async ({ s3, guest, principal, createBucket, storeIn }) => {
        const object = await storeIn(await createBucket())
        const { address, ETag } = object
        await s3.send(
          new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket, principal) }),
        )

        await guest.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHoldObject('second')
      },
    )

    test(
      'PutObject is 403 with neither',
      evidence(facts.A17, facts.A05),
      async ({ s3, guest, principal, createBucket, keyIn }) => {
        const key = keyIn(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket, principal) }))

        await expect(guest.send(new PutObjectCommand({ ...key, Body: 'first' }))).toBeRefused(403, 'AccessDenied')
        await expect(key).toHoldNothing()
      },
    )
  },
)
