import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const options = docs('checking-object-integrity', { needs: ['kms'] })
const encryptions = [
  ['SSE-KMS', 'aws:kms'],
  ['DSSE-KMS', 'aws:kms:dsse'],
] as const

describe('The ETag of an object encrypted with KMS is not the MD5 of its body', options, () => {
  test.for(encryptions)(
    'PutObject with %s returns an ETag that is not the MD5 of the body',
    evidence(facts.S24),
    async ([, ServerSideEncryption], { s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption }))

      expect(ETag).not.toBeETagOf('first')
      await expect(s3.send(new GetObjectCommand({ ...key, IfMatch: ETag }))).toHaveOutput({ Body: 'first' })
    },
  )
})
