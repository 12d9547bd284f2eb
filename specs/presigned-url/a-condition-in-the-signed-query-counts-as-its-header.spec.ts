import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('A condition in the signed query counts as its header', docs('conditional-writes'), () => {
  test('If-None-Match=* writes to a free key', evidence(facts.P28), async ({ key, presigner, http }) => {
    const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(key))

    await expect(http(url, { method: 'PUT', body: 'first' })).toReturnStatus(200)
    await expect(key).toHaveBody('first')
  })

  test('If-None-Match=* refuses the same URL once more', evidence(facts.P28), async ({ object, presigner, http }) => {
    const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(object.address))

    await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(412, 'PreconditionFailed')
    await expect(object).toBeUnchanged()
  })

  test('If-Match lets the current entity tag through', evidence(facts.P09), async ({ object, presigner, http }) => {
    const { address, ETag } = object
    const url = await getSignedUrl(presigner({ 'If-Match': ETag }), new PutObjectCommand(address))

    await expect(http(url, { method: 'PUT', body: 'second' })).toReturnStatus(200)
    await expect(object).toHaveBody('second')
  })

  test('If-Match refuses another entity tag', evidence(facts.P29), async ({ object, presigner, http }) => {
    const { address } = object
    const url = await getSignedUrl(presigner({ 'If-Match': anotherETag }), new PutObjectCommand(address))

    await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(412, 'PreconditionFailed')
    await expect(object).toBeUnchanged()
  })
})
