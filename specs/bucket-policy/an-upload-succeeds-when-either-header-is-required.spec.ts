import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string, principal: string) => {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Resource: `arn:aws:s3:::${bucket}/*` }
  const writes = { ...statement, Action: 's3:PutObject' }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { ...writes, Condition: { Null: { 's3:if-none-match': 'false' } } },
      { ...writes, Condition: { Null: { 's3:if-match': 'false' } } },
      { ...writes, Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
      { ...statement, Action: 's3:GetObject' },
    ],
  })
}

describe(
  'A multipart upload succeeds when Allow statements require If-Match or If-None-Match and allow part uploads',
  docs('conditional-writes-enforce', { needs: ['second-user', 'bucket-policy'] }),
  () => {
    test(
      'CompleteMultipartUpload with If-None-Match: * succeeds when the policy requires If-Match or If-None-Match',
      evidence(facts.A17),
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
  },
)
