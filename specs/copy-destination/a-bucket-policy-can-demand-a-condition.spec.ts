import { CopyObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

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

// That a copy with the header then succeeds is what AWS has announced; its user guide says 501 (open question O4).
describe(
  'A bucket policy can demand a condition of a copy',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'CopyObject is refused without a condition',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket) }))

        const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

        await expect(copy).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject copies with If-None-Match: *',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: policyOf(key.Bucket) }))

        await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

        await expect(key).toHaveBody(sharedObject.body)
      },
    )
  },
)
