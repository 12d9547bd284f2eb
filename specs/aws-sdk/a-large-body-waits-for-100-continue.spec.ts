import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

// No recording shows S3 returning a 412 before the body is sent. These tests show how the SDK would handle such a
// response.
const failure = { status: 412, error: { Code: 'PreconditionFailed', Condition: 'If-None-Match' } }
const earlyFailure = { ...failure, early: true } as const
const thrown = { name: 'PreconditionFailed', Condition: 'If-None-Match' }
const twoMiB = Buffer.alloc(2 * 2 ** 20)
const oneByteLess = Buffer.alloc(2 * 2 ** 20 - 1)
const putOf2MiB = new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: twoMiB, IfNoneMatch: '*' })

describe('The SDK waits for 100 Continue before it sends a body of 2 MiB or more', docs('conditional-writes'), () => {
  test(
    'PutObject of 2 MiB sends no body when S3 returns 412 instead of 100 Continue',
    evidence(facts.S30),
    async ({ stubServer }) => {
      stubServer.returns(earlyFailure)
      const write = stubServer.client().send(putOf2MiB)

      await expect(write).rejects.toMatchObject(thrown)
      expect(stubServer.requests[0]?.headers).toHaveProperty('expect', '100-continue')
      expect(stubServer.requests[0]?.size).toBe(0)
    },
  )

  test('PutObject of 2 MiB sends the whole body after 100 Continue', evidence(facts.S30), async ({ stubServer }) => {
    await stubServer.client().send(putOf2MiB)

    expect(stubServer.requests[0]?.headers).toHaveProperty('expect', '100-continue')
    expect(stubServer.requests[0]?.size).toBe(twoMiB.length)
  })

  test('PutObject of less than 2 MiB does not wait for 100 Continue', evidence(facts.S30), async ({ stubServer }) => {
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: oneByteLess, IfNoneMatch: '*' }))

    expect(stubServer.requests[0]?.headers).not.toHaveProperty('expect')
  })

  test(
    'PutObject of one byte waits for 100 Continue when expectContinueHeader is true',
    evidence(facts.S30),
    async ({ stubServer }) => {
      stubServer.returns(earlyFailure)
      const s3 = stubServer.client({ expectContinueHeader: true })
      const write = s3.send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject(thrown)
      expect(stubServer.requests[0]?.size).toBe(0)
    },
  )

  test(
    'PutObject of 2 MiB sends the whole body immediately when expectContinueHeader is false',
    evidence(facts.S30),
    async ({ stubServer }) => {
      stubServer.returns(failure)
      const write = stubServer.client({ expectContinueHeader: false }).send(putOf2MiB)

      await expect(write).rejects.toMatchObject(thrown)
      expect(stubServer.requests[0]?.size).toBe(twoMiB.length)
    },
  )
})
