import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('A condition in the signed query works like the corresponding header', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match=* in the signed query returns 200 when the key does not exist',
    evidence(facts.P28),
    async ({ key, presigner, http }) => {
      const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(key))

      await expect(http(url, { method: 'PUT', body: 'first' })).toReturnStatus(200)
      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject with If-None-Match=* in the signed query fails with 412 when the key exists',
    evidence(facts.P28),
    async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(object.address))

      await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(412, 'PreconditionFailed')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match in the signed query returns 200 for the current ETag',
    evidence(facts.P09),
    async ({ object, presigner, http }) => {
      const { address, ETag } = object
      const url = await getSignedUrl(presigner({ 'If-Match': ETag }), new PutObjectCommand(address))

      await expect(http(url, { method: 'PUT', body: 'second' })).toReturnStatus(200)
      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject with If-Match in the signed query fails with 412 for an ETag other than the current one',
    evidence(facts.P29),
    async ({ object, presigner, http }) => {
      const { address } = object
      const url = await getSignedUrl(presigner({ 'If-Match': anotherETag }), new PutObjectCommand(address))

      await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(412, 'PreconditionFailed')
      await expect(object).toBeUnchanged()
    },
  )
})
