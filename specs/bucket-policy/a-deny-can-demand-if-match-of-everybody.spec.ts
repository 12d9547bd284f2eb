import { PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { Null: { 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    ],
  })

describe(
  'A Deny can demand If-Match of everybody, the owner among them',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test('PutObject is 403 without it', evidence(facts.A03, facts.A05), async ({ s3, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address } = object
      await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket) }))

      await expect(s3.send(new PutObjectCommand({ ...address, Body: 'second' }))).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    })

    test(
      'PutObject overwrites with the current entity tag',
      evidence(facts.A01, facts.A03),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address, ETag } = object
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket) }))

        await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

        await expect(object).toHaveBody('second')
      },
    )

    test(
      'PutObject is still 412 with another entity tag',
      evidence(facts.A03, facts.P13),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy: policyOf(address.Bucket) }))

        const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: anotherETag }))

        await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(object).toBeUnchanged()
      },
    )
  },
)
