import { randomBytes } from 'node:crypto'
import {
  CopyObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type S3Client,
  type ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3'
import { type Address, anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const SSEAlgorithm = 'AES256'
// New buckets may block SSE-C by default. `NONE` in this list means that no encryption type is blocked.
const allowsSSEC: ServerSideEncryptionConfiguration = {
  Rules: [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BlockedEncryptionTypes: { EncryptionType: ['NONE'] } },
  ],
}
const SSECustomerKey = randomBytes(32).toString('base64')
const encrypted = { SSECustomerAlgorithm: SSEAlgorithm, SSECustomerKey }
const decrypted = { CopySourceSSECustomerAlgorithm: SSEAlgorithm, CopySourceSSECustomerKey: SSECustomerKey }

async function putEncrypted(s3: S3Client, { Bucket, Key }: Address) {
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: allowsSSEC }))
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'secret', ...encrypted }))
  return { ETag, source: { CopySource: `${Bucket}/${encodeURIComponent(Key)}`, ...decrypted } }
}

const options = docs('ServerSideEncryptionCustomerKeys', { needs: ['sse-c', 'sse-s3'] })

describe('x-amz-copy-source-if-match works for a source encrypted with SSE-C', options, () => {
  test(
    'CopyObject with x-amz-copy-source-if-match succeeds for the current ETag when the source uses SSE-C',
    evidence(facts.C01),
    async ({ s3, createBucket, newKey, key }) => {
      const { ETag, source } = await putEncrypted(s3, newKey(await createBucket()))

      await s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: ETag }))

      await expect(key).toHaveBody('secret')
    },
  )

  test(
    'CopyObject with x-amz-copy-source-if-match fails with 412 for an ETag other than that of the SSE-C source',
    evidence(facts.C02),
    async ({ s3, createBucket, newKey, key }) => {
      const { source } = await putEncrypted(s3, newKey(await createBucket()))

      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    },
  )
})
