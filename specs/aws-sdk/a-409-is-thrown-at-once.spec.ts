import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// Nothing was written then: to send it again is up to the caller, and for PutObject it is what S3 asks for.
const conflict = (Code: string) => ({ status: 409, error: { Code, Condition: 'If-None-Match', Key: 'key' } })
const thrown = {
  ...{ name: 'ConditionalRequestConflict', Condition: 'If-None-Match', Key: 'key', $fault: 'client' },
  $metadata: { httpStatusCode: 409, attempts: 1 },
}

describe('A 409 is thrown at once: the SDK does not send it again', docs('conditional-writes'), () => {
  test('PutObject is sent once', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('CopyObject is sent once', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const source = { CopySource: 'bucket/source' }
    const copy = stubServer.client().send(new CopyObjectCommand({ ...stubServer.key, ...source, IfNoneMatch: '*' }))

    await expect(copy).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('CompleteMultipartUpload is sent once', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const upload = { ...stubServer.key, UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
    const completion = stubServer.client().send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

    await expect(completion).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('DeleteObject is sent once', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const deletion = stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatch: '"e"' }))

    await expect(deletion).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('is sent once in adaptive mode, too', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('ConditionalRequestConflict'))
    const s3 = stubServer.client({ retryMode: 'adaptive' })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests).toHaveLength(1)
  })

  test('OperationAborted, the other 409, is sent once', evidence(facts.S08, facts.S39), async ({ stubServer }) => {
    stubServer.answers(conflict('OperationAborted'))
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ ...thrown, name: 'OperationAborted' })
    expect(stubServer.requests).toHaveLength(1)
  })
})
