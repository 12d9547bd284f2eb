import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// The first answer is lost on the way, the write has landed: what the second attempt is told is about the first one.
const lost = [500, 502, 503, 504].map((status) => ({ status, error: { Code: 'Lost' }, toString: () => `${status}` }))
const refused = (status: number, Code: string) => ({ status, error: { Code } })
const thrown = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode, attempts: 2 } })

describe('A retry can meet its own write, and be refused by it', docs('conditional-writes'), () => {
  test.for(lost)('PutObject throws 412 after a %s', evidence(facts.S12), async (answer, { stubServer }) => {
    stubServer.answers(answer, refused(412, 'PreconditionFailed'))
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
  })

  test('PutObject throws 412 after a connection that was cut', evidence(facts.S12), async ({ stubServer }) => {
    stubServer.answers('reset', refused(412, 'PreconditionFailed'))
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

    await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
  })

  test('PutObject throws 412 after a time-out', evidence(facts.S12), async ({ stubServer }) => {
    stubServer.answers('hang', refused(412, 'PreconditionFailed'))
    const s3 = stubServer.client({ requestHandler: { requestTimeout: 1_000, throwOnRequestTimeout: true } })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

    await expect(write).rejects.toMatchObject(thrown('PreconditionFailed', 412))
  })

  test('PutObject can throw 404 or 409 as well', evidence(facts.S12), async ({ stubServer }) => {
    const s3 = stubServer.client()
    const write = () => s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

    stubServer.answers(refused(500, 'Lost'), refused(404, 'NoSuchKey'))
    await expect(write()).rejects.toMatchObject(thrown('NoSuchKey', 404))

    stubServer.answers(refused(500, 'Lost'), refused(409, 'ConditionalRequestConflict'))
    await expect(write()).rejects.toMatchObject(thrown('ConditionalRequestConflict', 409))
  })
})
