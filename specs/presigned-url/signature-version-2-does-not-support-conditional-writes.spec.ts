import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('Signature Version 2 does not support conditional writes', docs('conditional-writes'), () => {
  test(
    'PutObject with If-None-Match: * signed with Signature Version 2 fails with 400 even if the key does not exist',
    evidence(facts.P31),
    async ({ key, urlOf, signedWithVersion2, http }) => {
      const headers = { ...(await signedWithVersion2('PUT', key)), 'if-none-match': '*' }

      const write = http(await urlOf(key), { method: 'PUT', headers, body: 'first' })

      await expect(write).toFailWith(400, 'InvalidRequest')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with If-Match signed with Signature Version 2 fails with 400 even if the ETag matches',
    evidence(facts.P31),
    async ({ object, urlOf, signedWithVersion2, http }) => {
      const { address, ETag } = object
      const headers = { ...(await signedWithVersion2('PUT', address)), 'if-match': ETag }

      const write = http(await urlOf(address), { method: 'PUT', headers, body: 'second' })

      await expect(write).toFailWith(400, 'InvalidRequest')
      await expect(object).toBeUnchanged()
    },
  )
})
