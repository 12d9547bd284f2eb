import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'A condition that was signed must be sent as it was signed',
  docs('using-presigned-url', { needs: ['signature'] }),
  () => {
    test(
      'If-None-Match left out refuses the write',
      evidence(facts.P30, facts.P39),
      async ({ key, presigner, http }) => {
        const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

        await expect(http(url, { method: 'PUT', body: 'first' })).toBeRefused(403, 'SignatureDoesNotMatch')
        await expect(key).toHoldNothing()
      },
    )

    test(
      'If-Match left out refuses the write',
      evidence(facts.P30, facts.P39),
      async ({ ownObject, presigner, http }) => {
        const { address, ETag } = ownObject
        const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: ETag }))

        await expect(http(url, { method: 'PUT', body: 'second' })).toBeRefused(403, 'SignatureDoesNotMatch')
        await expect(ownObject).toBeUntouched()
      },
    )

    test(
      'another value refuses the write, also one that holds',
      evidence(facts.P30),
      async ({ ownObject, presigner, http }) => {
        const { address, ETag } = ownObject
        const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...address, IfMatch: anotherETag }))

        const write = http(url, { method: 'PUT', headers: { 'if-match': ETag }, body: 'second' })

        await expect(write).toBeRefused(403, 'SignatureDoesNotMatch')
        await expect(ownObject).toBeUntouched()
      },
    )

    test(
      'a condition in the query cannot be taken away',
      evidence(facts.P30),
      async ({ ownObject, presigner, http }) => {
        const url = await getSignedUrl(presigner({ 'If-None-Match': '*' }), new PutObjectCommand(ownObject.address))
        const without = new URL(url)
        without.searchParams.delete('If-None-Match')

        await expect(http(without.href, { method: 'PUT', body: 'second' })).toBeRefused(403, 'SignatureDoesNotMatch')
        await expect(ownObject).toBeUntouched()
      },
    )
  },
)
