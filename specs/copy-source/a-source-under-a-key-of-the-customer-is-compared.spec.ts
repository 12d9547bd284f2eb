import { randomBytes } from 'node:crypto'
import {
  CopyObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const SSEAlgorithm = 'AES256'
// A bucket may refuse such keys until it is told that it blocks none.
const blocksNone: ServerSideEncryptionConfiguration = {
  Rules: [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BlockedEncryptionTypes: { EncryptionType: ['NONE'] } },
  ],
}
const SSECustomerKey = randomBytes(32).toString('base64')
const encrypted = { SSECustomerAlgorithm: SSEAlgorithm, SSECustomerKey }
const decrypted = { CopySourceSSECustomerAlgorithm: SSEAlgorithm, CopySourceSSECustomerKey: SSECustomerKey }

describe(
  'A source that a key of the customer encrypts is compared by the entity tag that S3 gave it',
  docs('ServerSideEncryptionCustomerKeys', { needs: ['sse-c', 'sse-s3'] }),
  () => {
    test('CopyObject copies for that entity tag', evidence(facts.C01), async ({ s3, createBucket, newKey, key }) => {
      const { Bucket, Key } = newKey(await createBucket())
      await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: blocksNone }))
      const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'secret', ...encrypted }))

      const CopySource = `${Bucket}/${encodeURIComponent(Key)}`
      await s3.send(new CopyObjectCommand({ ...key, CopySource, ...decrypted, CopySourceIfMatch: ETag }))

      await expect(key).toHaveBody('secret')
    })

    test('CopyObject is refused for another', evidence(facts.C02), async ({ s3, createBucket, newKey, key }) => {
      const { Bucket, Key } = newKey(await createBucket())
      await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: blocksNone }))
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'secret', ...encrypted }))

      const CopySource = `${Bucket}/${encodeURIComponent(Key)}`
      const copy = s3.send(new CopyObjectCommand({ ...key, CopySource, ...decrypted, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
      await expect(key).toHaveNoObject()
    })
  },
)
