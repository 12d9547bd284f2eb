import {
  CompleteMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const notFound = { status: 404, error: { Code: 'NoSuchKey', Message: 'No.', Key: 'key' } }
const $metadata = { httpStatusCode: 404, attempts: 1 }

describe('The SDK throws an error of a specific class for a 404', docs('conditional-writes'), () => {
  test('HeadObject throws a NotFound error when S3 returns 404', evidence(facts.S07), async ({ stubServer }) => {
    stubServer.returns({ status: 404 })
    const read = stubServer.client().send(new HeadObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

    await expect(read).rejects.toThrow(NotFound)
    await expect(read).rejects.toMatchObject({ name: 'NotFound', $metadata })
  })

  test(
    'GetObject throws a NoSuchKey error that names the key when S3 returns 404',
    evidence(facts.S07),
    async ({ stubServer }) => {
      stubServer.returns(notFound)
      const read = stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

      await expect(read).rejects.toThrow(NoSuchKey)
      await expect(read).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'key', $metadata })
    },
  )

  test(
    'PutObject throws a NoSuchKey error that names the key when S3 returns 404',
    evidence(facts.S07),
    async ({ stubServer }) => {
      stubServer.returns(notFound)
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"other"' }))

      await expect(write).rejects.toThrow(NoSuchKey)
      await expect(write).rejects.toMatchObject({ Key: 'key', $metadata })
    },
  )

  test(
    'CompleteMultipartUpload throws a NoSuchKey or NoSuchUpload error when S3 returns 404',
    evidence(facts.S07, facts.S11),
    async ({ stubServer }) => {
      stubServer.returns(notFound, { status: 404, error: { Code: 'NoSuchUpload', UploadId: 'gone' } })
      const s3 = stubServer.client()
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: '"1"' }] }
      const upload = { ...stubServer.key, UploadId: 'gone', MultipartUpload }
      const completion = new CompleteMultipartUploadCommand({ ...upload, IfMatch: '"other"' })

      await expect(s3.send(completion)).rejects.toMatchObject({ name: 'NoSuchKey' })
      await expect(s3.send(completion)).rejects.toMatchObject({ name: 'NoSuchUpload' })
    },
  )
})
