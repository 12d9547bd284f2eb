import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const notAccepted = {
  Header: 'If-Match',
  Message: 'A header you provided implies functionality that is not implemented',
  additionalMessage: "We don't accept the provided value of If-Match header for this API",
}

// In RFC 9110, `*` matches any object. S3 rejects `*` before it looks up the key, so the response is 501 even for a
// missing key.
describe('If-Match does not accept an asterisk in a write', docs('conditional-writes'), () => {
  test(
    'PutObject with If-Match: * fails with 501 when the key does not exist',
    evidence(facts.P12),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: '*' }))

      await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with If-Match: * fails with 501 when the key exists',
    evidence(facts.P12, facts.S27),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: '*' }))

      await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
      await expect(object).toBeUnchanged()
    },
  )
})
