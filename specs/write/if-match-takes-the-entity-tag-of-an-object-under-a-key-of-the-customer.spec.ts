import { randomBytes } from 'node:crypto'
import {
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type ServerSideEncryptionConfiguration,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// A bucket may refuse such keys until it is told that it blocks none.
const blocksNone: ServerSideEncryptionConfiguration = {
  Rules: [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BlockedEncryptionTypes: { EncryptionType: ['NONE'] },
    },
  ],
}

describe(
  'If-Match takes the entity tag of an object that a key of the customer encrypts',
  docs('ServerSideEncryptionCustomerKeys', { needs: ['sse-c', 'sse-s3'] }),
  () => {
    test(
      'overwrites for the one that S3 returned',
      evidence(facts.P27, facts.P09),
      async ({ s3, createBucket, newKey }) => {
        const key = newKey(await createBucket())
        const customer = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: randomBytes(32).toString('base64') }
        await s3.send(
          new PutBucketEncryptionCommand({ Bucket: key.Bucket, ServerSideEncryptionConfiguration: blocksNone }),
        )
        const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ...customer }))

        await s3.send(new PutObjectCommand({ ...key, Body: 'second', IfMatch: ETag }))

        await expect(key).toHaveBody('second')
      },
    )
  },
)
