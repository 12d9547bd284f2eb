import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('A presigned PUT with If-None-Match: * never overwrites an object', docs('using-presigned-url'), () => {
  test(
    'PutObject with a signed If-None-Match: * header returns 200 when the key does not exist',
    evidence(facts.P30, facts.P01),
    async ({ key, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

      await expect(http(url, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'first' })).toReturnStatus(200)
      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject with a signed If-None-Match: * header fails with 412 when the key exists',
    evidence(facts.P30, facts.P02),
    async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...object.address, IfNoneMatch: '*' }))

      const write = http(url, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'second' })

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
