import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const errorResponse = (status: number, Code: string) => ({
  status,
  error: { Code },
  toString: () => `${status} ${Code}`,
})
const notRetried = [
  errorResponse(400, 'InvalidRequest'),
  errorResponse(403, 'AccessDenied'),
  errorResponse(403, 'RequestTimeTooSkewed'),
  errorResponse(404, 'NoSuchKey'),
  errorResponse(409, 'ConditionalRequestConflict'),
  errorResponse(412, 'PreconditionFailed'),
  errorResponse(416, 'InvalidRange'),
  errorResponse(501, 'NotImplemented'),
]
const retried = [
  errorResponse(400, 'RequestTimeout'),
  errorResponse(429, 'TooManyRequests'),
  errorResponse(500, 'InternalError'),
  errorResponse(502, 'BadGateway'),
  errorResponse(503, 'SlowDown'),
  errorResponse(504, 'GatewayTimeout'),
]

describe('The SDK retries transient errors with the same conditions', docs('conditional-writes'), () => {
  test.for(notRetried)(
    'PutObject throws a %s error without retrying',
    evidence(facts.S39),
    async (response, { stubServer }) => {
      stubServer.answers(response)
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: response.status, attempts: 1 } })
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test.for(retried)(
    'PutObject throws a %s error after three attempts that all send the condition',
    evidence(facts.S39),
    async (response, { stubServer }) => {
      stubServer.answers(response)
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: response.status, attempts: 3 } })
      expect(stubServer.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*', '*'])
    },
  )

  test(
    'PutObject throws a connection reset error after three attempts',
    evidence(facts.S39),
    async ({ stubServer }) => {
      stubServer.answers('reset')
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ code: 'ECONNRESET', $metadata: { attempts: 3 } })
      expect(stubServer.requests).toHaveLength(3)
    },
  )

  test('PutObject throws a timeout error after three attempts', evidence(facts.S39), async ({ stubServer }) => {
    stubServer.answers('hang')
    const s3 = stubServer.client({ requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } })
    expect(stubServer.requests).toHaveLength(3)
  })
})
