import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('Undefined and null are not sent, and everything else is, as it is', docs('conditional-writes'), () => {
  test('undefined sends no condition', evidence(facts.S15), async ({ stubServer }) => {
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: undefined }))

    expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-none-match')
  })

  test('null, which the types forbid, sends none either', evidence(facts.S15), async ({ stubServer }) => {
    const IfMatch = null as unknown as undefined
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch }))

    expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-match')
  })

  test('an empty string sends an empty header', evidence(facts.S15), async ({ stubServer }) => {
    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '' }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-none-match', '')
  })

  test('a size of 0 is sent', evidence(facts.S15), async ({ stubServer }) => {
    await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchSize: 0 }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', '0')
  })

  test('a size that is no number is sent, too', evidence(facts.S15), async ({ stubServer }) => {
    await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchSize: Number.NaN }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', 'NaN')
  })

  test('blanks around an entity tag are lost on the wire', evidence(facts.S16), async ({ stubServer }) => {
    await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '  "a b"  ' }))

    expect(stubServer.requests[0]?.headers).toHaveProperty('if-match', '"a b"')
  })

  test('a line break in an entity tag sends nothing', evidence(facts.S16), async ({ stubServer }) => {
    const read = stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"e"\r\nx-injected: 1' }))

    await expect(read).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' })
    expect(stubServer.requests).toEqual([])
  })
})
