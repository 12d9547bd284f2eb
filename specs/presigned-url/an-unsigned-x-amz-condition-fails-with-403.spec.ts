import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

const options = docs('using-presigned-url', { needs: ['signature'] })

// The effect of adding an unsigned If-Match or If-None-Match header is unknown (P41).
describe('A presigned request with an unsigned x-amz- condition fails with 403', options, () => {
  test(
    'CopyObject with an unsigned x-amz-copy-source-if-match header fails with 403 for the current ETag',
    evidence(facts.P40),
    async ({ key, sharedObject, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new CopyObjectCommand({ ...key, ...sharedObject.source }))

      const copy = http(url, { method: 'PUT', headers: { 'x-amz-copy-source-if-match': sharedObject.ETag } })

      await expect(copy).toFailWith(403, 'AccessDenied', { HeadersNotSigned: 'x-amz-copy-source-if-match' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'PutObject with an unsigned x-amz-write-offset-bytes header fails with 403 AccessDenied',
    evidence(facts.P40),
    async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new PutObjectCommand(object.address))

      const write = http(url, { method: 'PUT', headers: { 'x-amz-write-offset-bytes': '40' }, body: 'second' })

      await expect(write).toFailWith(403, 'AccessDenied', { HeadersNotSigned: 'x-amz-write-offset-bytes' })
      await expect(object).toBeUnchanged()
    },
  )
})
