import { CompleteMultipartUploadCommand, CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const refused = (status: number, Code: string) => ({ status, error: { Code } })
const thrown = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode, attempts: 2 } })

describe('A retry can meet its own delete, copy or completion', docs('conditional-writes'), () => {
  test('DeleteObject throws 404 for its own delete', evidence(facts.S12), async ({ stubServer }) => {
    stubServer.answers(refused(500, 'Lost'), refused(404, 'NoSuchKey'))
    const deletion = stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatch: '"e"' }))

    await expect(deletion).rejects.toMatchObject(thrown('NoSuchKey', 404))
  })

  test('CopyObject throws 412 for its own copy', evidence(facts.S12), async ({ stubServer }) => {
    stubServer.answers(refused(500, 'Lost'), refused(412, 'PreconditionFailed'))
    const source = { CopySource: 'bucket/source' }
    const copy = stubServer.client().send(new CopyObjectCommand({ ...stubServer.key, ...source, IfNoneMatch: '*' }))

    await expect(copy).rejects.toMatchObject(thrown('PreconditionFailed', 412))
  })

  test('CompleteMultipartUpload can throw 412 or 404', evidence(facts.S12), async ({ stubServer }) => {
    const s3 = stubServer.client()
    const upload = { ...stubServer.key, UploadId: 'id', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] } }
    const complete = () => s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

    stubServer.answers(refused(500, 'Lost'), refused(412, 'PreconditionFailed'))
    await expect(complete()).rejects.toMatchObject(thrown('PreconditionFailed', 412))

    stubServer.answers(refused(500, 'Lost'), refused(404, 'NoSuchUpload'))
    await expect(complete()).rejects.toMatchObject(thrown('NoSuchUpload', 404))
  })
})
