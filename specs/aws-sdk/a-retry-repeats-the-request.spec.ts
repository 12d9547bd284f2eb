import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('A retry repeats the request and increments the attempt count', docs('conditional-writes'), () => {
  test('PutObject sends the same condition when it is retried', evidence(facts.S33), async ({ stubServer }) => {
    stubServer.returns({ status: 500 }, { status: 200 })

    await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch: '"e"' }))

    const [first, second] = stubServer.requests.map(({ headers }) => headers)
    expect(second?.['if-match']).toBe('"e"')
    expect(second?.['amz-sdk-invocation-id']).toBe(first?.['amz-sdk-invocation-id'])
    expect(first?.['amz-sdk-request']).toBe('attempt=1; max=3')
    expect(second?.['amz-sdk-request']).toMatch(/attempt=2; max=3$/)
  })

  test('RenameObject sends the same client token when it is retried', evidence(facts.S33), async ({ stubServer }) => {
    stubServer.returns({ status: 500 }, { status: 200 })
    const rename = { RenameSource: '/source', DestinationIfNoneMatch: '*' }

    await stubServer.client().send(new RenameObjectCommand({ ...stubServer.key, ...rename }))

    const [first, second] = stubServer.requests.map(({ headers }) => headers)
    expect(first?.['x-amz-client-token']).toMatch(/^[0-9a-f-]{36}$/)
    expect(second?.['x-amz-client-token']).toBe(first?.['x-amz-client-token'])
    expect(second?.['if-none-match']).toBe('*')
  })
})
