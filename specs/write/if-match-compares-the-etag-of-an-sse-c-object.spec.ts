import { randomBytes } from 'node:crypto'
import {
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// New buckets may block SSE-C by default. `NONE` in this list means that no encryption type is blocked.
const blockNone: ServerSideEncryptionConfiguration = {
  Rules: [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
    },
  ],
}
const options = docs('ServerSideEncryptionCustomerKeys', { needs: ['sse-c', 'sse-s3'] })

describe('If-Match compares the ETag of an object encrypted with SSE-C', options, () => {
  test(
    'PutObject with If-Match succeeds for the current ETag of an object encrypted with SSE-C',
    evidence(facts.P27, facts.P09),
    async ({ s3, createBucket, newKey }) => {
      const key = newKey(await createBucket())
      const sseC = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: randomBytes(32).toString('base64') }
      await s3.send(
        new PutBucketEncryptionCommand({ Bucket: key.Bucket, ServerSideEncryptionConfiguration: blockNone }),
      )
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ...sseC }))

      await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfMatch: ETag }))

      await expect(key).toHaveBody('second')
    },
  )
})
