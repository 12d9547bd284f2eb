import { CopyObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    ],
  })

// AWS announced that a copy with If-None-Match succeeds, but the user guide documents 501 (open question O4).
describe(
  'A Deny statement can require If-None-Match for copies',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'CopyObject without a condition fails with 403 when a Deny statement requires If-None-Match',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

        await expect(copy).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject with If-None-Match: * succeeds when a Deny statement requires the header',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

        await expect(key).toHaveBody(sharedObject.body)
      },
    )
  },
)
