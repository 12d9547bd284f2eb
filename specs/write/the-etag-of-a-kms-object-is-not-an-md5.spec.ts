import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('checking-object-integrity', { needs: ['kms'] })

describe('The ETag of an object encrypted with KMS is not an MD5', options, () => {
  test(
    'PutObject with SSE-KMS returns an ETag that is not the MD5 of the body',
    evidence(facts.S24),
    async ({ s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption: 'aws:kms' }))

      expect(ETag).not.toBeETagOf('first')
      await expect(s3.send(new GetObjectCommand({ ...key, IfMatch: ETag }))).toHaveOutput({ Body: 'first' })
    },
  )

  test(
    'PutObject with DSSE-KMS returns an ETag that is not the MD5 of the body',
    evidence(facts.S24),
    async ({ s3, key }) => {
      const ServerSideEncryption = 'aws:kms:dsse'
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption }))

      expect(ETag).not.toBeETagOf('first')
      await expect(s3.send(new GetObjectCommand({ ...key, IfMatch: ETag }))).toHaveOutput({ Body: 'first' })
    },
  )
})
