import { CopyObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const requiresIfNoneMatch = {
  Effect: 'Deny',
  Action: 's3:PutObject',
  Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
}
const options = docs('conditional-writes-enforce', { needs: ['bucket-policy'] })

// AWS announced support for If-None-Match on copies, but the user guide documents 501 (open question O4).
describe('A Deny statement can require If-None-Match for copies', options, () => {
  test(
    'CopyObject without a condition fails with 403 when the policy denies writes without If-None-Match',
    evidence(facts.D17),
    async ({ s3, sharedObject, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, '*', requiresIfNoneMatch)))

      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source }))

      await expect(copy).toFailWith(403, 'AccessDenied')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject with If-None-Match: * succeeds when the policy denies writes without that header',
    evidence(facts.D17),
    async ({ s3, sharedObject, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, '*', requiresIfNoneMatch)))

      await s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(key).toHaveBody(sharedObject.body)
    },
  )
})
