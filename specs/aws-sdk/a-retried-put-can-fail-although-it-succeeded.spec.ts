import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, errorResponse, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// The first attempt writes the object, but its response is lost. The SDK retries, and the second response reflects what
// the first attempt wrote.
const thrown = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode, attempts: 2 } })

describe('A retried PutObject can fail even though its first attempt succeeded', docs('conditional-writes'), () => {
  test.for([500, 502, 503, 504])(
    'PutObject is retried after a %i and throws the 412 error that the retry receives',
    evidence(facts.S12),
    async (status, { stubServer }) => {
      stubServer.returns(errorResponse(status, 'Lost'), errorResponse(412, 'PreconditionFailed'))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
    },
  )

  test(
    'PutObject is retried after a connection reset and throws the 412 error that the retry receives',
    evidence(facts.S12),
    async ({ stubServer }) => {
      stubServer.returns('reset', errorResponse(412, 'PreconditionFailed'))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

      await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
    },
  )

  test(
    'PutObject is retried after a timeout and throws the 412 error that the retry receives',
    evidence(facts.S12),
    async ({ stubServer }) => {
      stubServer.returns('hang', errorResponse(412, 'PreconditionFailed'))
      const s3 = stubServer.client({ requestHandler: { requestTimeout: 1_000, throwOnRequestTimeout: true } })
      const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

      await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
    },
  )

  test(
    'PutObject is retried after a 500 and throws the 404 or 409 error that the retry receives',
    evidence(facts.S12),
    async ({ stubServer }) => {
      const s3 = stubServer.client()
      const write = () => s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

      stubServer.returns(errorResponse(500, 'Lost'), errorResponse(404, 'NoSuchKey'))
      await expect(write()).rejects.toMatchObject(thrown('NoSuchKey', 404))

      stubServer.returns(errorResponse(500, 'Lost'), errorResponse(409, 'ConditionalRequestConflict'))
      await expect(write()).rejects.toMatchObject(thrown('ConditionalRequestConflict', 409))
    },
  )
})
