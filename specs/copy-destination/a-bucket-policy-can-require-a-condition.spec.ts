import { CopyObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const requireIfNoneMatch = (bucket: string) =>
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

// AWS has announced that a copy with the header then succeeds; its user guide says 501 (open question O4).
describe(
  'A bucket policy can require a condition on the destination of a copy',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'CopyObject without If-None-Match fails with 403 when the bucket policy requires it',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: requireIfNoneMatch(key.Bucket) }))

        const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

        await expect(copy).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'CopyObject with If-None-Match: * succeeds when the bucket policy requires it',
      evidence(facts.D17),
      async ({ s3, sharedObject, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy: requireIfNoneMatch(key.Bucket) }))

        await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

        await expect(key).toHaveBody(sharedObject.body)
      },
    )
  },
)
