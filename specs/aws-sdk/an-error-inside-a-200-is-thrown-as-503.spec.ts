import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// Slow operations send their 200 before they have done their work: how it ended is in the body.
const upload = { UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
const source = { CopySource: 'bucket/source' }
const operations = [
  ['PutObject', new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'x', IfNoneMatch: '*' })],
  ['CopyObject', new CopyObjectCommand({ Bucket: 'bucket', Key: 'key', ...source, IfNoneMatch: '*' })],
  ['UploadPartCopy', new UploadPartCopyCommand({ Bucket: 'bucket', Key: 'key', ...source, ...upload, PartNumber: 1 })],
  ['CompleteMultipartUpload', new CompleteMultipartUploadCommand({ Bucket: 'bucket', Key: 'key', ...upload })],
  ['DeleteObjects', new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key: 'key' }] } })],
  ['ListObjectsV2', new ListObjectsV2Command({ Bucket: 'bucket' })],
] as const

const inside = (Code: string) => ({ status: 200, error: { Code, Message: 'No.' } })
const completion = () => new CompleteMultipartUploadCommand({ Bucket: 'bucket', Key: 'key', ...upload })

describe('An Error inside a 200 is thrown with its name, and with 503', docs('mpuoverview'), () => {
  test.for(operations)('%s is sent three times', evidence(facts.S10), async ([, command], { stubServer }) => {
    stubServer.answers(inside('PreconditionFailed'))

    await expect(stubServer.client().send(command as PutObjectCommand)).rejects.toMatchObject({
      ...{ name: 'PreconditionFailed', $fault: 'server' },
      $metadata: { httpStatusCode: 503, attempts: 3 },
    })
    expect(stubServer.requests).toHaveLength(3)
  })

  test('a conflict inside it is sent again, too', evidence(facts.S10), async ({ stubServer }) => {
    stubServer.answers(inside('ConditionalRequestConflict'), {
      ...{ status: 200, body: '<CompleteMultipartUploadResult><ETag>"e-1"</ETag></CompleteMultipartUploadResult>' },
    })

    await expect(stubServer.client().send(completion())).resolves.toMatchObject({ ETag: '"e-1"' })
    expect(stubServer.requests).toHaveLength(2)
  })

  test('the second attempt can find the upload gone', evidence(facts.S11), async ({ stubServer }) => {
    stubServer.answers(inside('ConditionalRequestConflict'), { status: 404, error: { Code: 'NoSuchUpload' } })

    await expect(stubServer.client().send(completion())).rejects.toMatchObject({
      ...{ name: 'NoSuchUpload', $metadata: { httpStatusCode: 404, attempts: 2 } },
    })
  })

  test('a 200 without a body is thrown as InternalError', evidence(facts.S10), async ({ stubServer }) => {
    stubServer.answers({ status: 200 })

    await expect(stubServer.client().send(completion())).rejects.toMatchObject({
      ...{ name: 'InternalError', $metadata: { httpStatusCode: 503, attempts: 3 } },
    })
  })
})
