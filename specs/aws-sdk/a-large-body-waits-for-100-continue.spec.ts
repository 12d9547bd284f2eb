import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// Nobody has seen S3 refuse before the body: this is what the SDK would make of it.
const refusal = { status: 412, error: { Code: 'PreconditionFailed', Condition: 'If-None-Match' }, early: true } as const
const thrown = { name: 'PreconditionFailed', Condition: 'If-None-Match' }
const twoMiB = Buffer.alloc(2_097_152)
const oneByteLess = Buffer.alloc(2_097_151)

describe('A body of 2 MiB or more waits for 100 Continue', docs('conditional-writes'), () => {
  test('none of it is sent when it is refused before', evidence(facts.S30), async ({ stubServer }) => {
    stubServer.answers(refusal)
    const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: twoMiB, IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests[0]?.headers).toHaveProperty('expect', '100-continue')
    expect(stubServer.requests[0]?.size).toBe(0)
  })

  test('all of it is sent after 100 Continue', evidence(facts.S30), async ({ stubServer }) => {
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: twoMiB, IfNoneMatch: '*' }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('expect', '100-continue')
    expect(stubServer.requests[0]?.size).toBe(2_097_152)
  })

  test('a body that is a byte smaller does not ask', evidence(facts.S30), async ({ stubServer }) => {
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: oneByteLess, IfNoneMatch: '*' }))

    expect(stubServer.requests[0]?.headers).not.toHaveProperty('expect')
  })

  test('expectContinueHeader: true asks for a single byte', evidence(facts.S30), async ({ stubServer }) => {
    stubServer.answers(refusal)
    const s3 = stubServer.client({ expectContinueHeader: true })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests[0]?.size).toBe(0)
  })

  test('expectContinueHeader: false sends all of it', evidence(facts.S30), async ({ stubServer }) => {
    stubServer.answers({ ...refusal, early: undefined })
    const s3 = stubServer.client({ expectContinueHeader: false })
    const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: twoMiB, IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject(thrown)
    expect(stubServer.requests[0]?.size).toBe(2_097_152)
  })
})
