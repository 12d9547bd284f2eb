import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const refused = (status: number, Code: string) => ({ status, error: { Code }, toString: () => `${status} ${Code}` })
const once = [
  refused(400, 'InvalidRequest'),
  refused(403, 'AccessDenied'),
  refused(403, 'RequestTimeTooSkewed'),
  refused(404, 'NoSuchKey'),
  refused(409, 'ConditionalRequestConflict'),
  refused(412, 'PreconditionFailed'),
  refused(416, 'InvalidRange'),
  refused(501, 'NotImplemented'),
]
const again = [
  refused(400, 'RequestTimeout'),
  refused(429, 'TooManyRequests'),
  refused(500, 'InternalError'),
  refused(502, 'BadGateway'),
  refused(503, 'SlowDown'),
  refused(504, 'GatewayTimeout'),
]

describe('What says that S3 could not answer is sent again, conditions and all', docs('conditional-writes'), () => {
  test.for(once)('%s is sent once', evidence(facts.S39), async (answer, { stubServer }) => {
    stubServer.answers(answer)
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: answer.status, attempts: 1 } })
    expect(stubServer.requests).toHaveLength(1)
  })

  test.for(again)('%s is sent three times', evidence(facts.S39), async (answer, { stubServer }) => {
    stubServer.answers(answer)
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ $metadata: { httpStatusCode: answer.status, attempts: 3 } })
    expect(stubServer.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*', '*'])
  })

  test('a connection that is cut is tried three times', evidence(facts.S39), async ({ stubServer }) => {
    stubServer.answers('reset')
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ code: 'ECONNRESET', $metadata: { attempts: 3 } })
    expect(stubServer.requests).toHaveLength(3)
  })

  test('an answer that does not come in time is asked for three times', evidence(facts.S39), async ({ stubServer }) => {
    stubServer.answers('hang')
    const s3 = stubServer.client({ requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } })
    expect(stubServer.requests).toHaveLength(3)
  })
})
