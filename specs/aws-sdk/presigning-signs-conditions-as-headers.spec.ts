import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const date = new Date('2026-11-25T10:11:12Z')
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('Presigning signs conditions as headers', docs('using-presigned-url'), () => {
  test('If-None-Match is signed, and left to the sender', evidence(facts.S17), async ({ stubServer }) => {
    const write = new PutObjectCommand({ ...stubServer.key, IfNoneMatch: '*' })
    const query = queryOf(await getSignedUrl(stubServer.client(), write))

    expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;if-none-match')
    expect(query).not.toHaveProperty('if-none-match')
  })

  test('the conditions of a read and its range are signed, too', evidence(facts.S17), async ({ stubServer }) => {
    const conditions = { IfMatch: '"e"', IfModifiedSince: date, IfUnmodifiedSince: date, Range: 'bytes=0-9' }
    const read = new GetObjectCommand({ ...stubServer.key, ...conditions })
    const query = queryOf(await getSignedUrl(stubServer.client(), read))

    const signed = 'host;if-match;if-modified-since;if-unmodified-since;range'
    expect(query).toHaveProperty('X-Amz-SignedHeaders', signed)
  })

  test('hoistableHeaders does not put one into the query', evidence(facts.S17), async ({ stubServer }) => {
    const write = new PutObjectCommand({ ...stubServer.key, IfNoneMatch: '*' })
    const options = { hoistableHeaders: new Set(['if-none-match']) }
    const query = queryOf(await getSignedUrl(stubServer.client(), write, options))

    expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;if-none-match')
    expect(query).not.toHaveProperty('if-none-match')
  })

  test('the conditions on the source of a copy go into the query', evidence(facts.S17), async ({ stubServer }) => {
    const copy = new CopyObjectCommand({ ...stubServer.key, CopySource: 'bucket/source', CopySourceIfMatch: '"e"' })
    const query = queryOf(await getSignedUrl(stubServer.client(), copy))

    expect(query).toMatchObject({ 'x-amz-copy-source-if-match': '"e"', 'X-Amz-SignedHeaders': 'host' })
  })

  test('so does a size', evidence(facts.S17), async ({ stubServer }) => {
    const query = queryOf(
      await getSignedUrl(stubServer.client(), new DeleteObjectCommand({ ...stubServer.key, IfMatchSize: 5 })),
    )

    expect(query).toMatchObject({ 'x-amz-if-match-size': '5', 'X-Amz-SignedHeaders': 'host' })
  })

  test('unhoistableHeaders keeps one a signed header', evidence(facts.S17), async ({ stubServer }) => {
    const copy = new CopyObjectCommand({ ...stubServer.key, CopySource: 'bucket/source', CopySourceIfMatch: '"e"' })
    const options = { unhoistableHeaders: new Set(['x-amz-copy-source-if-match']) }
    const query = queryOf(await getSignedUrl(stubServer.client(), copy, options))

    expect(query).toHaveProperty('X-Amz-SignedHeaders', 'host;x-amz-copy-source-if-match')
    expect(query).not.toHaveProperty('x-amz-copy-source-if-match')
  })
})
