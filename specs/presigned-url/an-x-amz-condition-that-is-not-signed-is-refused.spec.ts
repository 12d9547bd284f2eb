import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

// What becomes of a plain If-Match or If-None-Match that the signature does not cover, nobody knows (P41).
describe(
  'An x-amz- condition that the signature does not cover is refused',
  docs('using-presigned-url', { needs: ['signature'] }),
  () => {
    test(
      'one on the source of a copy, although it holds',
      evidence(facts.P40),
      async ({ key, sharedObject, presigner, http }) => {
        const url = await getSignedUrl(presigner(), new CopyObjectCommand({ ...key, ...sharedObject.source }))

        const copy = http(url, { method: 'PUT', headers: { 'x-amz-copy-source-if-match': sharedObject.ETag } })

        await expect(copy).toFailWith(403, 'AccessDenied', { HeadersNotSigned: 'x-amz-copy-source-if-match' })
        await expect(key).toHaveNoObject()
      },
    )

    test('an offset to append at', evidence(facts.P40), async ({ object, presigner, http }) => {
      const url = await getSignedUrl(presigner(), new PutObjectCommand(object.address))

      const write = http(url, { method: 'PUT', headers: { 'x-amz-write-offset-bytes': '40' }, body: 'second' })

      await expect(write).toFailWith(403, 'AccessDenied', { HeadersNotSigned: 'x-amz-write-offset-bytes' })
      await expect(object).toBeUnchanged()
    })
  },
)
