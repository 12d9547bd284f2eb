import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'false' } } }
const parts = { ...writes, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } }
const options = docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] })

describe('Part uploads need a separate statement when an Allow statement requires a condition', options, () => {
  test(
    'CreateMultipartUpload fails with 403 AccessDenied when the only Allow statement requires If-None-Match',
    evidence(facts.A02),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))

      await expect(secondUser.send(new CreateMultipartUploadCommand(key))).toFailWith(403, 'AccessDenied')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * succeeds when the policy exempts only part uploads from it',
    evidence(facts.A02, facts.A01),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes, parts)))

      const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))
      const { ETag } = await secondUser.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'part' }))
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await secondUser.send(new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, IfNoneMatch: '*' }))

      await expect(key).toHaveBody('part')
    },
  )
})
