import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// S3 sends the status 200 before a slow operation has finished. The body contains the outcome.
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

const errorInside200 = (Code: string) => ({ status: 200, error: { Code, Message: 'No.' } })
const completion = () => new CompleteMultipartUploadCommand({ Bucket: 'bucket', Key: 'key', ...upload })

describe(
  'The SDK throws the error in the body of a 200 response with status 503 and the code from the body',
  docs('mpuoverview'),
  () => {
    test.for(operations)(
      '%s throws the error in the body of a 200 response after three attempts',
      evidence(facts.S10),
      async ([, command], { stubServer }) => {
        stubServer.answers(errorInside200('PreconditionFailed'))

        await expect(stubServer.client().send(command as PutObjectCommand)).rejects.toMatchObject({
          ...{ name: 'PreconditionFailed', $fault: 'server' },
          $metadata: { httpStatusCode: 503, attempts: 3 },
        })
        expect(stubServer.requests).toHaveLength(3)
      },
    )

    test(
      'CompleteMultipartUpload succeeds when retried after a conflict in the body of a 200 response',
      evidence(facts.S10),
      async ({ stubServer }) => {
        const body = '<CompleteMultipartUploadResult><ETag>"e-1"</ETag></CompleteMultipartUploadResult>'
        stubServer.answers(errorInside200('ConditionalRequestConflict'), { status: 200, body })

        await expect(stubServer.client().send(completion())).resolves.toMatchObject({ ETag: '"e-1"' })
        expect(stubServer.requests).toHaveLength(2)
      },
    )

    test(
      'CompleteMultipartUpload throws a NoSuchUpload error when retried after a conflict in the body of a 200 response',
      evidence(facts.S11),
      async ({ stubServer }) => {
        stubServer.answers(errorInside200('ConditionalRequestConflict'), {
          status: 404,
          error: { Code: 'NoSuchUpload' },
        })

        await expect(stubServer.client().send(completion())).rejects.toMatchObject({
          name: 'NoSuchUpload',
          $metadata: { httpStatusCode: 404, attempts: 2 },
        })
      },
    )

    test(
      'CompleteMultipartUpload throws an InternalError when S3 returns 200 without a body',
      evidence(facts.S10),
      async ({ stubServer }) => {
        stubServer.answers({ status: 200 })

        await expect(stubServer.client().send(completion())).rejects.toMatchObject({
          name: 'InternalError',
          $metadata: { httpStatusCode: 503, attempts: 3 },
        })
      },
    )
  },
)
