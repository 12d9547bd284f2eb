import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketPolicyCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, policyOf, test } from '../../support/test/bucket-policy'

const requiresIfMatch = {
  Effect: 'Deny',
  Action: 's3:PutObject',
  Condition: { Null: { 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
}
const options = docs('conditional-writes-enforce', { needs: ['bucket-policy'] })

describe(
  'A Deny statement for writes without If-Match applies to CompleteMultipartUpload but not to UploadPart',
  options,
  () => {
    test(
      'UploadPart succeeds but CompleteMultipartUpload fails with 403 when the policy denies writes without If-Match',
      evidence(facts.A03),
      async ({ s3, createBucket, newObject }) => {
        const object = await newObject(await createBucket())
        const { address } = object
        await s3.send(new PutBucketPolicyCommand(policyOf(address.Bucket, '*', requiresIfMatch)))
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
