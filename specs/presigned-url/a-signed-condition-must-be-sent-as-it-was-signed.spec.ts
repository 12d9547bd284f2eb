import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

const options = docs('using-presigned-url', { needs: ['signature'] })

describe('A signed condition must be sent exactly as signed', options, () => {
  test(
    'PutObject without the If-None-Match header that its presigned URL requires fails with 403 SignatureDoesNotMatch',
    evidence(facts.P30, facts.P39),
    async ({ key, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

      await expect(http(url, { method: 'PUT', body: 'first' })).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject without the If-Match header that its presigned URL requires fails with 403 SignatureDoesNotMatch',
    evidence(facts.P30, facts.P39),
    async ({ object, presigner, http }) => {
      const { address, ETag } = object
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: ETag }))

      await expect(http(url, { method: 'PUT', body: 'second' })).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with the current ETag in If-Match instead of the signed value fails with 403 SignatureDoesNotMatch',
    evidence(facts.P30),
    async ({ object, presigner, http }) => {
      const { address, ETag } = object
      const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: anotherETag }))

      const write = http(url, { method: 'PUT', headers: { 'if-match': ETag }, body: 'second' })

      await expect(write).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'A presigned PutObject request without the condition in its signed query fails with 403 SignatureDoesNotMatch',
    evidence(facts.P30),
    async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(object.address))
      const unconditional = new URL(url)
      unconditional.searchParams.delete('If-None-Match')

      await expect(http(unconditional.href, { method: 'PUT', body: 'second' })).toFailWith(403, 'SignatureDoesNotMatch')
      await expect(object).toBeUnchanged()
    },
  )
})
