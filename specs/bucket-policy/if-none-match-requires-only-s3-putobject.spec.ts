import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal } }
  const writes = { ...statement, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` }
  const source = { ...statement, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/source` }
  return JSON.stringify({ Version: '2012-10-17', Statement: [writes, source] })
}

describe(
  'If-None-Match on CompleteMultipartUpload or CopyObject requires only s3:PutObject',
  docs('conditional-writes', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'CompleteMultipartUpload with If-None-Match: * succeeds with only the s3:PutObject permission',
      evidence(facts.A10),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))
        const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))
        const { ETag } = await secondUser.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'part' }))

        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
        await secondUser.send(
          new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, IfNoneMatch: '*' }),
        )

        await expect(key).toHaveBody('part')
      },
    )

    test(
      'CopyObject with If-None-Match: * succeeds with only the s3:PutObject permission on the destination',
      evidence(facts.A10),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutObjectCommand({ Bucket: key.Bucket, Key: 'source', Body: 'first' }))
        const Policy = policyOf(key.Bucket, secondUserArn)
        await s3.send(new PutBucketPolicyCommand({ Bucket: key.Bucket, Policy }))

        await secondUser.send(new CopyObjectCommand({ ...key, CopySource: `${key.Bucket}/source`, IfNoneMatch: '*' }))

        await expect(key).toHaveBody('first')
      },
    )
  },
)
