import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const date = new Date('2026-11-25T10:11:12Z')
const key = { Bucket: 'bucket', Key: 'key' }
const write = new PutObjectCommand({ ...key, IfNoneMatch: '*' })
const copy = new CopyObjectCommand({ ...key, CopySource: 'bucket/source', CopySourceIfMatch: '"e"' })
const inQuery = [
  ['CopyObject', 'x-amz-copy-source-if-match', '"e"', copy],
  ['DeleteObject', 'x-amz-if-match-size', '5', new DeleteObjectCommand({ ...key, IfMatchSize: 5 })],
] as const
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)
const options = docs('using-presigned-url')

describe('Presigning signs x-amz- conditions in the query and every other condition as a header', options, () => {
  test(
    'A presigned PutObject URL signs If-None-Match as a header that the client must send',
    evidence(facts.S17),
    async ({ stubServer }) => {
      const query = queryOf(await getSignedUrl(stubServer.client(), write))

      expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;if-none-match')
      expect(query).not.toHaveProperty('if-none-match')
    },
  )

  test(
    'A presigned GetObject URL signs all four conditions and the range as headers',
    evidence(facts.S17),
    async ({ stubServer }) => {
      const etags = { IfMatch: '"e"', IfNoneMatch: '"f"' }
      const dates = { IfModifiedSince: date, IfUnmodifiedSince: date }
      const read = new GetObjectCommand({ ...key, ...etags, ...dates, Range: 'bytes=0-9' })
      const query = queryOf(await getSignedUrl(stubServer.client(), read))

      const signed = 'host;if-match;if-modified-since;if-none-match;if-unmodified-since;range'
      expect(query).toHaveProperty('X-Amz-SignedHeaders', signed)
    },
  )

  test(
    'A presigned PutObject URL signs If-None-Match as a header even if hoistableHeaders lists it',
    evidence(facts.S17),
    async ({ stubServer }) => {
      const hoistableHeaders = new Set(['if-none-match'])
      const query = queryOf(await getSignedUrl(stubServer.client(), write, { hoistableHeaders }))

      expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;if-none-match')
      expect(query).not.toHaveProperty('if-none-match')
    },
  )

  test.for(inQuery)(
    'A presigned %s URL contains %s in the query string',
    evidence(facts.S17),
    async ([, header, value, command], { stubServer }) => {
      const query = queryOf(await getSignedUrl(stubServer.client(), command as PutObjectCommand))

      expect(query).toMatchObject({ [header]: value, 'X-Amz-SignedHeaders': 'host' })
    },
  )

  test(
    'A presigned CopyObject URL signs x-amz-copy-source-if-match as a header if unhoistableHeaders lists it',
    evidence(facts.S17),
    async ({ stubServer }) => {
      const unhoistableHeaders = new Set(['x-amz-copy-source-if-match'])
      const query = queryOf(await getSignedUrl(stubServer.client(), copy, { unhoistableHeaders }))

      expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;x-amz-copy-source-if-match')
      expect(query).not.toHaveProperty('x-amz-copy-source-if-match')
    },
  )
})
