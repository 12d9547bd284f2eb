import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The ETag of an object encrypted with KMS is not the MD5 of the bytes, so only the ETag that S3 returned can match.
const ServerSideEncryption = 'aws:kms'
const options = docs('UsingKMSEncryption', { needs: ['kms'] })

describe('If-Match compares the ETag of an object encrypted with KMS', options, () => {
  test(
    'PutObject with SSE-KMS and If-Match succeeds for the current ETag',
    evidence(facts.P27, facts.P09),
    async ({ s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption }))

      await s3.send(new PutObjectCommand({ ...key, Body: 'second', ServerSideEncryption, IfMatch: ETag }))

      await expect(key).toHaveBody('second')
    },
  )

  test(
    'PutObject with SSE-KMS and If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.P27, facts.P13),
    async ({ s3, key, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption }))
      const first = await snapshot(key)

      const write = s3.send(
        new PutObjectCommand({ ...key, Body: 'second', ServerSideEncryption, IfMatch: anotherETag }),
      )

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(first).toBeUnchanged()
    },
  )
})
