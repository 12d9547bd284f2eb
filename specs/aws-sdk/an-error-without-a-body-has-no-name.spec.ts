import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const key = { Bucket: 'bucket', Key: 'key' }
const commands = [
  ['GetObject', new GetObjectCommand({ ...key, IfMatch: '"other"' })],
  ['PutObject', new PutObjectCommand({ ...key, Body: 'x', IfNoneMatch: '*' })],
] as const
const statuses = [304, 400, 403, 409, 412, 500, 501, 502, 503, 504]
const nameless = (httpStatusCode: number) => ({
  name: 'Unknown',
  message: 'UnknownError',
  $metadata: { httpStatusCode, attempts: 1 },
})

describe(
  'The SDK throws an Unknown error, identified only by its status, when an error response has no body',
  docs('conditional-reads'),
  () => {
    test.for(statuses)(
      'HeadObject throws an Unknown error when S3 returns %i',
      evidence(facts.S06),
      async (status, { stubServer }) => {
        stubServer.returns({ status })
        const s3 = stubServer.client({ maxAttempts: 1 })
        const read = s3.send(new HeadObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

        await expect(read).rejects.toMatchObject(nameless(status))
        await expect(read).rejects.not.toHaveProperty('Code')
        await expect(read).rejects.not.toHaveProperty('Condition')
      },
    )

    test.for(commands)(
      '%s throws an Unknown error when S3 returns 412 without a body',
      evidence(facts.S06),
      async ([, command], { stubServer }) => {
        stubServer.returns({ status: 412 })

        await expect(stubServer.client().send(command as PutObjectCommand)).rejects.toMatchObject(nameless(412))
      },
    )
  },
)
