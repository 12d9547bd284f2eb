import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const statuses = [304, 400, 403, 409, 412, 500, 501, 502, 503, 504]
const nameless = (httpStatusCode: number) => ({
  ...{ name: 'Unknown', message: 'UnknownError' },
  $metadata: { httpStatusCode, attempts: 1 },
})

describe(
  'The SDK throws an error without a body as Unknown, identified only by its status',
  docs('conditional-reads'),
  () => {
    test.for(statuses)('HeadObject throws a %i as Unknown', evidence(facts.S06), async (status, { stubServer }) => {
      stubServer.answers({ status })
      const s3 = stubServer.client({ maxAttempts: 1 })
      const read = s3.send(new HeadObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

      await expect(read).rejects.toMatchObject(nameless(status))
      await expect(read).rejects.not.toHaveProperty('Code')
      await expect(read).rejects.not.toHaveProperty('Condition')
    })

    test('GetObject throws a 412 without a body as Unknown', evidence(facts.S06), async ({ stubServer }) => {
      stubServer.answers({ status: 412 })
      const read = stubServer.client().send(new GetObjectCommand({ ...stubServer.key, IfMatch: '"other"' }))

      await expect(read).rejects.toMatchObject(nameless(412))
    })

    test('PutObject throws a 412 without a body as Unknown', evidence(facts.S06), async ({ stubServer }) => {
      stubServer.answers({ status: 412 })
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject(nameless(412))
    })
  },
)
