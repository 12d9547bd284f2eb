import { GetObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3'
import { caught, describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('An error serialized as JSON contains no headers or secrets', docs('conditional-reads'), () => {
  test(
    'GetObject throws a 304 error whose $response contains the headers but whose JSON serialization does not',
    evidence(facts.S04),
    async ({ stubServer }) => {
      stubServer.returns({ status: 304, headers: { etag: '"e"', 'last-modified': 'Wed, 25 Nov 2026 10:11:12 GMT' } })
      const read = new GetObjectCommand({ ...stubServer.key, IfNoneMatch: '"e"' })
      const error = await caught(stubServer.client().send(read))

      expect(error).toHaveProperty('$response.headers.etag', '"e"')
      expect(error).toHaveProperty('$response.headers.last-modified', 'Wed, 25 Nov 2026 10:11:12 GMT')
      expect(JSON.parse(JSON.stringify(error))).toEqual({
        name: 'Unknown',
        $fault: 'client',
        message: 'UnknownError',
        $metadata: { httpStatusCode: 304, attempts: 1, totalRetryDelay: 0 },
      })
    },
  )

  test(
    'PutObject throws a 412 error whose JSON serialization contains the failed condition but no secrets',
    evidence(facts.S04, facts.S05),
    async ({ stubServer }) => {
      const failure = { Code: 'PreconditionFailed', Message: 'No.', Condition: 'If-None-Match' }
      stubServer.returns({ status: 412, error: failure })
      const write = new PutObjectCommand({ ...stubServer.key, Body: 'private', IfNoneMatch: '*' })
      const json = JSON.stringify(await caught(stubServer.client().send(write)))

      expect(JSON.parse(json)).toMatchObject({ name: 'PreconditionFailed', Condition: 'If-None-Match' })
      expect(json).not.toMatch(/made-up|Signature|Credential|authorization|private/i)
    },
  )

  test('GetObject throws an S3ServiceException when S3 returns 412', evidence(facts.S05), async ({ stubServer }) => {
    stubServer.returns({ status: 412, error: { Code: 'PreconditionFailed' } })
    const error = await caught(stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"e"' })))

    expect(error).toBeInstanceOf(S3ServiceException)
  })
})
