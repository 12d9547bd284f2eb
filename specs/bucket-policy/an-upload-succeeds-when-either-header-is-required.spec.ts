import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const allow = { Effect: 'Allow', Action: 's3:PutObject' }
const statements = [
  { ...allow, Condition: { Null: { 's3:if-none-match': 'false' } } },
  { ...allow, Condition: { Null: { 's3:if-match': 'false' } } },
  { ...allow, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
  { ...allow, Action: 's3:GetObject' },
]

describe(
  'A multipart upload succeeds when Allow statements require If-Match or If-None-Match and allow part uploads',
  docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'CompleteMultipartUpload with If-None-Match: * succeeds when the policy requires If-Match or If-None-Match',
      evidence(facts.A17),
      async ({ s3, secondUser, secondUserArn, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        await s3.send(new PutBucketPolicyCommand(policyOf(key.Bucket, { AWS: secondUserArn }, ...statements)))

        const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(key))
        const { ETag } = await secondUser.send(new UploadPartCommand({ ...key, UploadId, PartNumber: 1, Body: 'part' }))
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
        await secondUser.send(
          new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload, IfNoneMatch: '*' }),
        )

        await expect(key).toHaveBody('part')
      },
    )
  },
)
