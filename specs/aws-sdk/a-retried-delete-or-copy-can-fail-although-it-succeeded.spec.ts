import { CompleteMultipartUploadCommand, CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, errorResponse, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const thrown = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode, attempts: 2 } })
const options = docs('conditional-writes')

describe(
  'A retried DeleteObject, CopyObject or CompleteMultipartUpload can fail even though its first attempt succeeded',
  options,
  () => {
    test(
      'DeleteObject is retried after a 500 and throws the 404 error that the retry receives',
      evidence(facts.S12),
      async ({ stubServer }) => {
        stubServer.returns(errorResponse(500, 'Lost'), errorResponse(404, 'NoSuchKey'))
        const deletion = stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatch: '"e"' }))

        await expect(deletion).rejects.toMatchObject(thrown('NoSuchKey', 404))
      },
    )

    test(
      'CopyObject is retried after a 500 and throws the 412 error that the retry receives',
      evidence(facts.S12),
      async ({ stubServer }) => {
        stubServer.returns(errorResponse(500, 'Lost'), errorResponse(412, 'PreconditionFailed'))
        const source = { CopySource: 'bucket/source' }
        const copy = stubServer.client().send(new CopyObjectCommand({ ...stubServer.key, ...source, IfNoneMatch: '*' }))

        await expect(copy).rejects.toMatchObject(thrown('PreconditionFailed', 412))
      },
    )

    test(
      'CompleteMultipartUpload is retried after a 500 and throws the 412 or 404 error that the retry receives',
      evidence(facts.S12),
      async ({ stubServer }) => {
        const s3 = stubServer.client()
        const upload = {
          ...stubServer.key,
          UploadId: 'id',
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] },
        }
        const complete = () => s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

        stubServer.returns(errorResponse(500, 'Lost'), errorResponse(412, 'PreconditionFailed'))
        await expect(complete()).rejects.toMatchObject(thrown('PreconditionFailed', 412))

        stubServer.returns(errorResponse(500, 'Lost'), errorResponse(404, 'NoSuchUpload'))
        await expect(complete()).rejects.toMatchObject(thrown('NoSuchUpload', 404))
      },
    )
  },
)
