import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('unsignableHeaders drops a condition without an error', docs('using-presigned-url'), () => {
  test(
    'A presigned PutObject URL does not sign If-None-Match if unsignableHeaders lists it',
    evidence(facts.S32),
    async ({ stubServer }) => {
      const write = new PutObjectCommand({ ...stubServer.key, IfNoneMatch: '*' })
      const unsignableHeaders = new Set(['if-none-match'])
      const url = new URL(await getSignedUrl(stubServer.client(), write, { unsignableHeaders }))

      expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host')
      expect(url.href).not.toMatch(/if-none-match/i)
    },
  )
})
