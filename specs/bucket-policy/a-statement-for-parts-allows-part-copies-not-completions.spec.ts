import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const writes = { Effect: 'Allow', Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'false' } } }
const parts = { ...writes, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } }
const reads = { Effect: 'Allow', Action: 's3:GetObject' }

describe(
  'A statement that allows part uploads allows UploadPartCopy but no unconditional CompleteMultipartUpload',
  docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'CompleteMultipartUpload without If-None-Match fails with 403 when the policy exempts only part uploads from it',
      evidence(facts.A02),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes, parts)))
        const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))
        const { ETag } = await secondUser.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'part' }))

        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
        const complete = secondUser.send(new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload }))

        await expect(complete).toFailWith(403, 'AccessDenied')
        await expect(key).toHaveNoObject()
      },
    )

    test(
      'UploadPartCopy without If-None-Match succeeds when the policy exempts only part uploads from it',
      evidence(facts.A02),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutObjectCommand({ Bucket: key.Bucket, Key: 'source', Body: 'part' }))
        await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, writes, parts, reads)))
        const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))

        const CopySource = `${key.Bucket}/source`
        const { CopyPartResult } = await secondUser.send(
          new UploadPartCopyCommand({ ...key, UploadId, PartNumber: 1, CopySource }),
        )
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] }
        await secondUser.send(
          new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, IfNoneMatch: '*' }),
        )

        await expect(key).toHaveBody('part')
      },
    )
  },
)
