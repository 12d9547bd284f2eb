import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const notAccepted = {
  Header: 'If-None-Match',
  Message: 'A header you provided implies functionality that is not implemented',
  additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
}

describe('If-None-Match accepts only an asterisk in a write', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match fails with 501 for the current ETag',
    evidence(facts.P07),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: ETag }))

      await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-None-Match fails with 501 for an ETag other than the current one',
    evidence(facts.P07),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: anotherETag }))

      await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
      await expect(object).toBeUnchanged()
    },
  )

  test('PutObject with If-None-Match: true fails with 501', evidence(facts.P37), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: 'true' }))

    await expect(write).toFailWith(501, 'NotImplemented')
    await expect(object).toBeUnchanged()
  })

  test(
    'PutObject with an ETag in If-None-Match fails with 501 when the key does not exist',
    evidence(facts.P08),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: anotherETag }))

      await expect(write).toFailWith(501, 'NotImplemented')
      await expect(key).toHaveNoObject()
    },
  )
})
