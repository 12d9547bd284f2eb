import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, errorResponse, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// For a slow operation, S3 sends status 200 before the outcome is known and then reports the outcome in the body.
const SENTENCE = 'The SDK throws the error in the body of a 200 response as a 503 with the code from the body'

const key = { Bucket: 'bucket', Key: 'key' }
const source = { CopySource: 'bucket/source' }
const upload = { ...key, UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
const completion = new CompleteMultipartUploadCommand(upload)
const operations = [
  ['PutObject', new PutObjectCommand({ ...key, Body: 'x', IfNoneMatch: '*' })],
  ['CopyObject', new CopyObjectCommand({ ...key, ...source, IfNoneMatch: '*' })],
  ['UploadPartCopy', new UploadPartCopyCommand({ ...key, ...source, UploadId: 'id', PartNumber: 1 })],
  ['CompleteMultipartUpload', completion],
  ['DeleteObjects', new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key: 'key' }] } })],
  ['ListObjectsV2', new ListObjectsV2Command({ Bucket: 'bucket' })],
] as const
const errorInside200 = (Code: string) => ({ status: 200, error: { Code, Message: 'No.' } })
const conflict = errorInside200('ConditionalRequestConflict')
const $metadata = { httpStatusCode: 503, attempts: 3 }

describe(SENTENCE, docs('mpuoverview'), () => {
  test.for(operations)(
    '%s throws the error in the body of a 200 response after three attempts',
    evidence(facts.S10),
    async ([, command], { stubServer }) => {
      stubServer.returns(errorInside200('PreconditionFailed'))
      const sent = stubServer.client().send(command as PutObjectCommand)

      await expect(sent).rejects.toMatchObject({ name: 'PreconditionFailed', $fault: 'server', $metadata })
      expect(stubServer.requests).toHaveLength(3)
    },
  )

  test(
    'CompleteMultipartUpload is retried after a conflict error in a 200 response and returns the result of the retry',
    evidence(facts.S10),
    async ({ stubServer }) => {
      const body = '<CompleteMultipartUploadResult><ETag>"e-1"</ETag></CompleteMultipartUploadResult>'
      stubServer.returns(conflict, { status: 200, body })

      await expect(stubServer.client().send(completion)).resolves.toMatchObject({ ETag: '"e-1"' })
      expect(stubServer.requests).toHaveLength(2)
    },
  )

  test(
    'CompleteMultipartUpload is retried after a conflict error in a 200 response and throws the 404 from the retry',
    evidence(facts.S11),
    async ({ stubServer }) => {
      stubServer.returns(conflict, errorResponse(404, 'NoSuchUpload'))

      await expect(stubServer.client().send(completion)).rejects.toMatchObject({
        name: 'NoSuchUpload',
        $metadata: { httpStatusCode: 404, attempts: 2 },
      })
    },
  )

  test(
    'CompleteMultipartUpload throws an InternalError when S3 returns 200 without a body',
    evidence(facts.S10),
    async ({ stubServer }) => {
      stubServer.returns({ status: 200 })

      await expect(stubServer.client().send(completion)).rejects.toMatchObject({ name: 'InternalError', $metadata })
    },
  )
})
