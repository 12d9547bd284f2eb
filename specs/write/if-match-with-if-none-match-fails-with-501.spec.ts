import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const multiple = {
  Header: 'If-Match,If-None-Match',
  Message: 'A header you provided implies functionality that is not implemented',
  additionalMessage: 'Multiple conditional request headers present in the request',
}

describe('PutObject with If-Match and If-None-Match fails with 501', docs('conditional-writes'), () => {
  test(
    'PutObject with If-Match and If-None-Match fails with 501 when the key does not exist',
    evidence(facts.P18),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfMatch: 'abcdef', IfNoneMatch: '*' }))

      await expect(write).toFailWith(501, 'NotImplemented', multiple)
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with If-Match and If-None-Match fails with 501 even when If-Match would hold',
    evidence(facts.P18, facts.S27),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag, IfNoneMatch: '*' }))

      await expect(write).toFailWith(501, 'NotImplemented', multiple)
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with If-Match and If-None-Match fails with 501 even when neither condition would hold',
    evidence(facts.P18, facts.S27),
    async ({ s3, object }) => {
      const { address } = object
      const write = s3.send(
        new PutObjectCommand({ ...address, Body: 'second', IfMatch: anotherETag, IfNoneMatch: '*' }),
      )

      await expect(write).toFailWith(501, 'NotImplemented', multiple)
      await expect(object).toBeUnchanged()
    },
  )
})
