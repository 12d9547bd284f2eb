import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// A 409 means that nothing was written. The caller decides whether to retry; S3 recommends a retry for PutObject.
const conflict = (Code: string) => ({ status: 409, error: { Code, Condition: 'If-None-Match', Key: 'key' } })
const thrown = {
  ...{ name: 'ConditionalRequestConflict', Condition: 'If-None-Match', Key: 'key', $fault: 'client' },
  $metadata: { httpStatusCode: 409, attempts: 1 },
}

describe('The SDK throws a 409 error without retrying', docs('conditional-writes'), () => {
  test('PutObject throws a 409 error without retrying', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('CopyObject throws a 409 error without retrying', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const source = { CopySource: 'bucket/source' }
    const copy = stubServer.client().send(new CopyObjectCommand({ ...stubServer.key, ...source, IfNoneMatch: '*' }))

    await expect(copy).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test(
    'CompleteMultipartUpload throws a 409 error without retrying',
    evidence(facts.S08, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(conflict('ConditionalRequestConflict'))
      const upload = { ...stubServer.key, UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
      const completion = stubServer.client().send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(completion).rejects.toMatchObject(thrown)
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test('DeleteObject throws a 409 error without retrying', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const deletion = stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatch: '"e"' }))

    await expect(deletion).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test(
    'PutObject throws a 409 error without retrying, even in adaptive retry mode',
    evidence(facts.S08, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(conflict('ConditionalRequestConflict'))
      const s3 = stubServer.client({ retryMode: 'adaptive' })
      const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject(thrown)
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'PutObject throws a 409 OperationAborted error without retrying',
    evidence(facts.S08, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(conflict('OperationAborted'))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ ...thrown, name: 'OperationAborted' })
      expect(stubServer.requests).toHaveLength(1)
    },
  )
})
