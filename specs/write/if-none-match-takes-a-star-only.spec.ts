import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const notAccepted = {
  Header: 'If-None-Match',
  Message: 'A header you provided implies functionality that is not implemented',
  additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
}

describe('If-None-Match of a write takes a star and no entity tag', docs('conditional-writes'), () => {
  test('is 501 for the current entity tag', evidence(facts.P07), async ({ s3, object }) => {
    const { address, ETag } = object
    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: ETag }))

    await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
    await expect(object).toBeUnchanged()
  })

  test('is 501 for another entity tag', evidence(facts.P07), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: anotherETag }))

    await expect(write).toFailWith(501, 'NotImplemented', notAccepted)
    await expect(object).toBeUnchanged()
  })

  test('is 501 for the word true', evidence(facts.P37), async ({ s3, object }) => {
    const write = s3.send(new PutObjectCommand({ ...object.address, Body: 'second', IfNoneMatch: 'true' }))

    await expect(write).toFailWith(501, 'NotImplemented')
    await expect(object).toBeUnchanged()
  })

  test('is 501 for an entity tag while the key is free', evidence(facts.P08), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: anotherETag }))

    await expect(write).toFailWith(501, 'NotImplemented')
    await expect(key).toHaveNoObject()
  })
})
