import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('unsignableHeaders drops the condition without an error', docs('using-presigned-url'), () => {
  test(
    'A presigned PutObject request with If-None-Match: * overwrites an object if unsignableHeaders lists If-None-Match',
    evidence(facts.S32),
    async ({ object, presigner, http }) => {
      const command = new PutObjectCommand({ ...object.address, IfNoneMatch: '*' })
      const url = await getSignedUrl(presigner(), command, { unsignableHeaders: new Set(['if-none-match']) })

      await expect(http(url, { method: 'PUT', body: 'second' })).toReturnStatus(200)
      await expect(object).toHaveBody('second')
    },
  )
})
