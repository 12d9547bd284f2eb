import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A condition in the signed query counts as its header', docs('conditional-writes'), () => {
  test('If-None-Match=* writes to a free key', evidence(facts.P28), async ({ key, presigner, http }) => {
    const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(key))

    await expect(http(url, { method: 'PUT', body: 'first' })).toBeAnswered('200')
    await expect(key).toHoldObject('first')
  })

  test(
    'If-None-Match=* refuses the same URL once more',
    evidence(facts.P28),
    async ({ ownObject, presigner, http }) => {
      const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(ownObject.address))

      await expect(http(url, { method: 'PUT', body: 'second' })).toBeRefused(412, 'PreconditionFailed')
      await expect(ownObject).toBeUntouched()
    },
  )

  test('If-Match lets the current entity tag through', evidence(facts.P09), async ({ ownObject, presigner, http }) => {
    const { address, ETag } = ownObject
    const url = await getSignedUrl(presigner({ 'If-Match': ETag }), new PutObjectCommand(address))

    await expect(http(url, { method: 'PUT', body: 'second' })).toBeAnswered('200')
    await expect(ownObject).toHoldObject('second')
  })

  test('If-Match refuses another entity tag', evidence(facts.P29), async ({ ownObject, presigner, http }) => {
    const { address } = ownObject
    const url = await getSignedUrl(presigner({ 'If-Match': anotherETag }), new PutObjectCommand(address))

    await expect(http(url, { method: 'PUT', body: 'second' })).toBeRefused(412, 'PreconditionFailed')
    await expect(ownObject).toBeUntouched()
  })
})
