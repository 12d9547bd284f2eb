import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A retry repeats the request as it was, and counts itself', docs('conditional-writes'), () => {
  test('PutObject repeats its condition', evidence(facts.S33), async ({ scripted }) => {
    scripted.answers({ status: 500 }, { status: 200 })

    await scripted.client().send(new PutObjectCommand({ ...scripted.key, Body: 'x', IfMatch: '"e"' }))

    const [first, second] = scripted.requests.map(({ headers }) => headers)
    expect(second?.['if-match']).toBe('"e"')
    expect(second?.['amz-sdk-invocation-id']).toBe(first?.['amz-sdk-invocation-id'])
    expect(first?.['amz-sdk-request']).toBe('attempt=1; max=3')
    expect(second?.['amz-sdk-request']).toMatch(/attempt=2; max=3$/)
  })

  test('RenameObject repeats its client token', evidence(facts.S33), async ({ scripted }) => {
    scripted.answers({ status: 500 }, { status: 200 })
    const rename = { RenameSource: '/source', DestinationIfNoneMatch: '*' }

    await scripted.client().send(new RenameObjectCommand({ ...scripted.key, ...rename }))

    const [first, second] = scripted.requests.map(({ headers }) => headers)
    expect(first?.['x-amz-client-token']).toMatch(/^[0-9a-f-]{36}$/)
    expect(second?.['x-amz-client-token']).toBe(first?.['x-amz-client-token'])
    expect(second?.['if-none-match']).toBe('*')
  })
})
