import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe(
  'The SDK does not send undefined or null, but sends values such as 0 and NaN',
  docs('conditional-writes'),
  () => {
    test(
      'PutObject sends no If-None-Match header when IfNoneMatch is undefined',
      evidence(facts.S15),
      async ({ stubServer }) => {
        await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: undefined }))

        expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-none-match')
      },
    )

    test(
      'PutObject sends no If-Match header when IfMatch is null, which the types forbid',
      evidence(facts.S15),
      async ({ stubServer }) => {
        const IfMatch = null as unknown as undefined
        await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfMatch }))

        expect(stubServer.requests[0]?.headers).not.toHaveProperty('if-match')
      },
    )

    test('DeleteObject sends a size condition of 0', evidence(facts.S15), async ({ stubServer }) => {
      await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchSize: 0 }))

      expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', '0')
    })

    test('DeleteObject sends a size condition of NaN', evidence(facts.S15), async ({ stubServer }) => {
      await stubServer.client().send(new DeleteObjectCommand({ ...stubServer.key, IfMatchSize: Number.NaN }))

      expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-if-match-size', 'NaN')
    })

    test('GetObject sends an ETag without its surrounding spaces', evidence(facts.S16), async ({ stubServer }) => {
      await stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '  "a b"  ' }))

      expect(stubServer.requests[0]?.headers).toHaveProperty('if-match', '"a b"')
    })

    test(
      'GetObject throws an error and sends nothing for an ETag that contains a line break',
      evidence(facts.S16),
      async ({ stubServer }) => {
        const read = stubServer
          .client()
          .send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"e"\r\nx-injected: 1' }))

        await expect(read).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' })
        expect(stubServer.requests).toEqual([])
      },
    )
  },
)
