import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

const options = docs('using-presigned-url', { severity: 'data' })

describe('A presigned PUT with If-None-Match: * creates an object only once, whatever its key', options, () => {
  test.for(keyClasses)(
    'A presigned PutObject request with If-None-Match: * succeeds only once for a key that contains %s',
    evidence(facts.K01, facts.K02, facts.P30, facts.P01, facts.P02),
    async ({ texts: [text, other] }, { s3, keyWith, presigner, http }) => {
      const [key, otherKey] = [keyWith(text), keyWith(other)]
      await s3.send(new PutObjectCommand({ ...otherKey, Body: 'other' }))
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))
      const headers = { 'if-none-match': '*' }

      await expect(http(url, { method: 'PUT', headers, body: 'first' })).toReturnStatus(200)
      const second = http(url, { method: 'PUT', headers, body: 'second' })
      await expect(second).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody('first')
      await expect(otherKey).toHaveBody('other')
    },
  )
})
