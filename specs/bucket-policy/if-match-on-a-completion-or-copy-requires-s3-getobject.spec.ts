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

describe('If-Match on CompleteMultipartUpload or CopyObject requires s3:GetObject', options, () => {
  test(
    'CompleteMultipartUpload with If-Match fails with 403 AccessDenied when the caller lacks the s3:GetObject permission',
    evidence(facts.A11),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag: IfMatch } = object
      await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, { AWS: secondUserArn }, writes)))
      const { UploadId } = await secondUser.send(new CreateMultipartUploadCommand(address))
      const { ETag } = await secondUser.send(
        new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'part' }),
      )

      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      const complete = secondUser.send(
        new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload, IfMatch }),
      )

      await expect(complete).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'CopyObject with If-Match fails with 403 AccessDenied when the caller lacks the s3:GetObject permission on the destination',
    evidence(facts.A11),
    async ({ s3, secondUser, secondUserArn, createBucket, newObject }) => {
      const object = await newObject(await createBucket())
      const { address, ETag: IfMatch } = object
      const { Bucket } = address
      const reads = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/source` }
      await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'other' }))
      await s3.send(new PutBucketPolicyCommand(policyOf(Bucket, { AWS: secondUserArn }, writes, reads)))

      const copy = secondUser.send(new CopyObjectCommand({ ...address, CopySource: `${Bucket}/source`, IfMatch }))

      await expect(copy).toFailWith(403, 'AccessDenied')
      await expect(object).toBeUnchanged()
    },
  )
})
