import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const notAccepted = {
  Header: 'If-Match',
  Message: 'A header you provided implies functionality that is not implemented',
  additionalMessage: "We don't accept the provided value of If-Match header for this API",
}

// RFC 9110 has the star mean "any object"; the value is refused before the key is looked up, so that a free key is no 404.
describe('If-Match of a write takes no star', docs('conditional-writes'), () => {
  test('is 501 while the key is free', evidence(facts.P12), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: '*' }))

    await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
    await expect(key).toHaveNoObject()
  })

  test('is 501 for an object that it could overwrite', evidence(facts.P12, facts.S27), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfMatch: '*' }))

    await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
    await expect(object).toBeUnchanged()
  })
})
