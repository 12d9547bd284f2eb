import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('Undefined and null are not sent, and everything else is, as it is', docs('conditional-writes'), () => {
  test('undefined sends no condition', evidence(facts.S15), async ({ scripted }) => {
    await scripted.client().send(new PutObjectCommand({ ...scripted.key, Body: 'x', IfNoneMatch: undefined }))

    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-none-match')
  })

  test('null, which the types forbid, sends none either', evidence(facts.S15), async ({ scripted }) => {
    const IfMatch = null as unknown as undefined
    await scripted.client().send(new PutObjectCommand({ ...scripted.key, Body: 'x', IfMatch }))

    expect(scripted.requests[0]?.headers).not.toHaveProperty('if-match')
  })

  test('an empty string sends an empty header', evidence(facts.S15), async ({ scripted }) => {
    await scripted.client().send(new PutObjectCommand({ ...scripted.key, Body: 'x', IfNoneMatch: '' }))

    expect(scripted.requests[0]?.headers).toHaveProperty('if-none-match', '')
  })

  test('a size of 0 is sent', evidence(facts.S15), async ({ scripted }) => {
    await scripted.client().send(new DeleteObjectCommand({ ...scripted.key, IfMatchSize: 0 }))

    expect(scripted.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', '0')
  })

  test('a size that is no number is sent, too', evidence(facts.S15), async ({ scripted }) => {
    await scripted.client().send(new DeleteObjectCommand({ ...scripted.key, IfMatchSize: Number.NaN }))

    expect(scripted.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', 'NaN')
  })

  test('blanks around an entity tag are lost on the wire', evidence(facts.S16), async ({ scripted }) => {
    await scripted.client().send(new GetObjectCommand({ ...scripted.key, IfMatch: '  "a b"  ' }))

    expect(scripted.requests[0]?.headers).toHaveProperty('if-match', '"a b"')
  })

  test('a line break in an entity tag sends nothing', evidence(facts.S16), async ({ scripted }) => {
    const read = scripted.client().send(new GetObjectCommand({ ...scripted.key, IfMatch: '"e"\r\nx-injected: 1' }))

    await expect(read).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' })
    expect(scripted.requests).toEqual([])
  })
})
