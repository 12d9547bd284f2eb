import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

const options = docs('using-presigned-url')

describe('The checksum that the SDK adds to a presigned PUT does not restrict the body', options, () => {
  test(
    'The SDK adds the checksum of an empty body to the URL when it presigns a PutObject request without a Body',
    evidence(facts.P42),
    async ({ s3, key }) => {
      const url = await getSignedUrl(s3, new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

      expect(new URL(url).searchParams.get('x-amz-checksum-crc32')).toBe('AAAAAA==')
    },
  )

  test(
    'PutObject returns 200 for a body that does not match the checksum in the presigned URL',
    evidence(facts.P42),
    async ({ s3, key, http }) => {
      const url = await getSignedUrl(s3, new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

      await expect(http(url, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'first' })).toReturnStatus(200)
      await expect(key).toHaveBody('first')
    },
  )
})
