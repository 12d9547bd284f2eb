import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const preconditionFailed = (Condition: string) => {
  const error = { Code: 'PreconditionFailed', Message: 'No.', Condition, RequestId: 'id', HostId: 'host' }
  return { status: 412, error }
}

const thrown = (Condition: string) => ({
  ...{ name: 'PreconditionFailed', message: 'No.', $fault: 'client' },
  $metadata: { httpStatusCode: 412, attempts: 1 },
  ...{ Code: 'PreconditionFailed', Condition, RequestId: 'id', HostId: 'host' },
})

describe('The SDK throws a 412 with the details from its XML without retrying', docs('conditional-writes'), () => {
  test(
    'GetObject does not retry a 412 and throws an error that names the failed condition',
    evidence(facts.S05, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(preconditionFailed('If-Match'))
      const read = stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

      await expect(read).rejects.toMatchObject(thrown('If-Match'))
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'PutObject does not retry a 412 and throws an error that names the failed condition',
    evidence(facts.S05, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(preconditionFailed('If-None-Match'))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject(thrown('If-None-Match'))
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'DeleteObject does not retry a 412 and throws an error that names the failed condition',
    evidence(facts.S05, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(preconditionFailed('If-Match'))
      const deletion = stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

      await expect(deletion).rejects.toMatchObject(thrown('If-Match'))
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test(
    'CopyObject does not retry a 412 and throws an error that names the failed condition',
    evidence(facts.S05, facts.S39),
    async ({ stubServer }) => {
      stubServer.answers(preconditionFailed('x-amz-copy-source-If-Match'))
      const conditions = { CopySource: 'bucket/source', CopySourceIfMatch: '"other"' }
      const copy = stubServer.client().send(new CopyObjectCommand({ ...stubServer.key, ...conditions }))

      await expect(copy).rejects.toMatchObject(thrown('x-amz-copy-source-If-Match'))
      expect(stubServer.requests).toHaveLength(1)
    },
  )
})
