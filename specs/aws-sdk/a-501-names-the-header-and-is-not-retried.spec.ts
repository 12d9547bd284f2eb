import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('The SDK does not retry after a 501 and reports the rejected header', docs('conditional-writes'), () => {
  test(
    'PutObject is not retried after a 501 and throws an error that names the rejected header',
    evidence(facts.S09, facts.S39),
    async ({ stubServer }) => {
      const additionalMessage = "We don't accept the provided value of If-None-Match header for this API"
      stubServer.returns({
        status: 501,
        error: { Code: 'NotImplemented', Header: 'If-None-Match', additionalMessage },
      })
      const write = stubServer.client().send(new PutObjectCommand({ ...stubServer.key, Body: 'x', IfNoneMatch: '"e"' }))

      await expect(write).rejects.toMatchObject({
        name: 'NotImplemented',
        $fault: 'server',
        Header: 'If-None-Match',
        additionalMessage,
        $metadata: { httpStatusCode: 501, attempts: 1 },
      })
      expect(stubServer.requests).toHaveLength(1)
    },
  )
})
