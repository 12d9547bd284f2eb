import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/bucket-policy'

const policyOf = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { Null: { 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    ],
  })

describe(
  'A Deny statement that requires If-Match applies to completions but not to parts',
  docs('conditional-writes-enforce', { needs: ['bucket-policy'] }),
  () => {
    test(
      'UploadPart succeeds but CompleteMultipartUpload fails with 403 when a Deny statement requires If-Match',
      evidence(facts.A03),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        const Policy = policyOf(address.Bucket)
        await s3.send(new PutBucketPolicyCommand({ Bucket: address.Bucket, Policy }))
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address))
        const { ETag } = await s3.send(new UploadPartCommand({ ...address, UploadId, PartNumber: 1, Body: 'part' }))

        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
        const complete = s3.send(new CompleteMultipartUploadCommand({ ...address, UploadId, MultipartUpload }))

        await expect(complete).toFailWith(403, 'AccessDenied')
        await expect(object).toBeUnchanged()
      },
    )
  },
)
