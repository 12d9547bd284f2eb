import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe(
  'A condition that was signed must be sent as it was signed',
  docs('using-presigned-url', { needs: ['signature'] }),
  () => {
    test(
      'If-None-Match left out refuses the write',
      evidence(facts.P30, facts.P39),
      async ({ key, presigner, http }) => {
        const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

        await expect(http(url, { method: 'PUT', body: 'first' })).toFailWith(403, 'SignatureDoesNotMatch')
        await expect(key).toHaveNoObject()
      },
    )

    test('If-Match left out refuses the write', evidence(facts.P30, facts.P39), async ({ object, presigner, http }) => {
      const { address, ETag } = object
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: ETag }))

      await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(object).toBeUnchanged()
    })

    test(
      'another value refuses the write, also one that holds',
      evidence(facts.P30),
      async ({ object, presigner, http }) => {
        const { address, ETag } = object
        const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: anotherETag }))

        const write = http(url, { method: 'PUT', headers: { 'if-match': ETag }, body: 'second' })

        await expect(write).toFailWith(403, 'SignatureDoesNotMatch')
        await expect(object).toBeUnchanged()
      },
    )

    test('a condition in the query cannot be taken away', evidence(facts.P30), async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(object.address))
      const without = new URL(url)
      without.searchParams.delete('If-None-Match')

      await expect(http(without.href, { method: 'PUT', body: 'second' })).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(object).toBeUnchanged()
    })
  },
)
