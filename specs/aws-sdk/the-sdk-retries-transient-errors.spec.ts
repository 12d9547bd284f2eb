import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, errorResponse, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const notRetried = [
  [400, 'InvalidRequest'],
  [403, 'AccessDenied'],
  [403, 'RequestTimeTooSkewed'],
  [404, 'NoSuchKey'],
  [409, 'ConditionalRequestConflict'],
  [412, 'PreconditionFailed'],
  [416, 'InvalidRange'],
  [501, 'NotImplemented'],
] as const
const retried = [
  [400, 'RequestTimeout'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [502, 'BadGateway'],
  [503, 'SlowDown'],
  [504, 'GatewayTimeout'],
] as const

describe('The SDK retries transient errors with the same conditions', docs('conditional-writes'), () => {
  test.for(notRetried)(
    'PutObject throws a %i %s error without retrying',
    evidence(facts.S39),
    async ([status, Code], { stubServer }) => {
      stubServer.returns(errorResponse(status, Code))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: status, attempts: 1 } })
      expect(stubServer.requests).toHaveLength(1)
    },
  )

  test.for(retried)(
    'PutObject throws a %i %s error after three attempts that all send the condition',
    evidence(facts.S39),
    async ([status, Code], { stubServer }) => {
      stubServer.returns(errorResponse(status, Code))
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: status, attempts: 3 } })
      expect(stubServer.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*', '*'])
    },
  )

  test(
    'PutObject throws a connection reset error after three attempts',
    evidence(facts.S39),
    async ({ stubServer }) => {
      stubServer.returns('reset')
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ code: 'ECONNRESET', $metadata: { attempts: 3 } })
      expect(stubServer.requests).toHaveLength(3)
    },
  )

  test('PutObject throws a timeout error after three attempts', evidence(facts.S39), async ({ stubServer }) => {
    stubServer.returns('hang')
    const s3 = stubServer.client({ requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } })
    expect(stubServer.requests).toHaveLength(3)
  })
})
