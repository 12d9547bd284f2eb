import { Readable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const stream = () => ({ Body: Readable.from(['first ', 'second']), ContentLength: 12 })
const WARNING = 'An error was encountered in a non-retryable streaming request.'

const SILENT = { debug() {}, info() {}, warn() {}, error() {} }
const loggerInto = (warnings: string[]) => ({ ...SILENT, warn: (warning: string) => void warnings.push(warning) })

describe(
  'The SDK does not retry a request with a stream as its body, and the error has no attempt count',
  docs('conditional-writes'),
  () => {
    test(
      'PutObject of a stream logs a warning and throws a 412 error whose $metadata has no attempt count',
      evidence(facts.S05),
      async ({ stubServer }) => {
        stubServer.returns({ status: 412, error: { Code: 'PreconditionFailed', Condition: 'If-None-Match' } })
        const warnings: string[] = []
        const s3 = stubServer.client({ logger: loggerInto(warnings) })
        const write = s3.send(new PutObjectCommand({ ...stubServer.key, ...stream(), IfNoneMatch: '*' }))

        await expect(write).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } })
        await expect(write).rejects.not.toHaveProperty('$metadata.attempts')
        expect(warnings).toEqual([WARNING])
      },
    )

    test('PutObject of a stream throws a 500 error without retrying', evidence(facts.S05), async ({ stubServer }) => {
      stubServer.returns({ status: 500, error: { Code: 'InternalError' } })
      const s3 = stubServer.client({ logger: SILENT })
      const write = s3.send(new PutObjectCommand({ ...stubServer.key, ...stream(), IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ name: 'InternalError', $metadata: { httpStatusCode: 500 } })
      await expect(write).rejects.not.toHaveProperty('$metadata.attempts')
      expect(stubServer.requests).toHaveLength(1)
    })

    test(
      'PutObject of a stream sends the body in chunks and the checksum in a trailer',
      evidence(facts.S05),
      async ({ stubServer }) => {
        await stubServer.client().send(new PutObjectCommand({ ...stubServer.key, ...stream(), IfNoneMatch: '*' }))

        expect(stubServer.requests[0]?.headers).toMatchObject({
          'if-none-match': '*',
          'content-encoding': 'aws-chunked',
          'x-amz-decoded-content-length': '12',
          'x-amz-trailer': 'x-amz-checksum-crc32',
        })
        expect(stubServer.requests[0]?.body).toMatch(/first .*second.*x-amz-checksum-crc32:/s)
      },
    )
  },
)
