import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('An entity tag under KMS is no MD5', docs('checking-object-integrity', { needs: ['kms'] }), () => {
  test('with SSE-KMS', evidence(facts.S24), async ({ s3, key }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption: 'aws:kms' }))

    expect(ETag).not.toBeETagOf('first')
    await expect(s3.send(new GetObjectCommand({ ...key, IfMatch: ETag }))).toHaveOutput({ Body: 'first' })
  })

  test('with DSSE-KMS', evidence(facts.S24), async ({ s3, key }) => {
    const ServerSideEncryption = 'aws:kms:dsse'
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'first', ServerSideEncryption }))

    expect(ETag).not.toBeETagOf('first')
    await expect(s3.send(new GetObjectCommand({ ...key, IfMatch: ETag }))).toHaveOutput({ Body: 'first' })
  })
})
