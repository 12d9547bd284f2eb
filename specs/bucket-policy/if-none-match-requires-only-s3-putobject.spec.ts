import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject' }
const options = docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] })

describe('If-None-Match on CompleteMultipartUpload or CopyObject requires only s3:PutObject', options, () => {
  test(
    'CompleteMultipartUpload with If-None-Match: * succeeds when the caller has only the s3:PutObject permission',
    evidence(facts.A10),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes)))
      const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))
      const { ETag } = await secondUser.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'part' }))

      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await secondUser.send(new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, IfNoneMatch: '*' }))

      await expect(key).toHaveBody('part')
    },
  )

  test(
    'CopyObject with If-None-Match: * succeeds when the caller has only the s3:PutObject permission on the destination',
    evidence(facts.A10),
    async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      const { Bucket } = key
      const reads = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/source` }
      await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'first' }))
      await s3.send(new PutBucketPolicyCommand(policyOf(Bucket, { AWS: secondUserArn }, writes, reads)))

      await secondUser.send(new CopyObjectCommand({ ...key, CopySource: `${Bucket}/source`, IfNoneMatch: '*' }))

      await expect(key).toHaveBody('first')
    },
  )
})
