import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('The SDK signs a condition as a header that has to be sent', docs('using-presigned-url'), () => {
  test('names If-None-Match of a PUT, and has no value', evidence(facts.S17, facts.P30), async ({ key, presigner }) => {
    const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

    const { searchParams } = new URL(url)
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host;if-none-match')
    expect(searchParams.has('if-none-match')).toBe(false)
  })

  test('names all four, and a range, of a GET', evidence(facts.S17), async ({ sharedObject, presigner }) => {
    const command = new GetObjectCommand({
      ...sharedObject.address,
      IfMatch: sharedObject.ETag,
      IfNoneMatch: anotherETag,
      IfModifiedSince: sharedObject.LastModified,
      IfUnmodifiedSince: sharedObject.LastModified,
      Range: 'bytes=0-4',
    })

    const url = await getSignedUrl(presigner(), command)

    expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
      'host;if-match;if-modified-since;if-none-match;if-unmodified-since;range',
    )
  })

  test('hoistableHeaders moves it nowhere', evidence(facts.S17), async ({ key, presigner }) => {
    const command = new PutObjectCommand({ ...key, IfNoneMatch: '*' })

    const url = await getSignedUrl(presigner(), command, { hoistableHeaders: new Set(['if-none-match']) })

    const { searchParams } = new URL(url)
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host;if-none-match')
    expect(searchParams.has('if-none-match')).toBe(false)
  })

  test('a PUT that sends it writes to a free key', evidence(facts.P30, facts.P01), async ({ key, presigner, http }) => {
    const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...key, IfNoneMatch: '*' }))

    await expect(http(url, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'first' })).toReturnStatus(200)
    await expect(key).toHaveBody('first')
  })

  test('a PUT that sends it never overwrites', evidence(facts.P30, facts.P02), async ({ object, presigner, http }) => {
    const url = await getSignedUrl(presigner(), new PutObjectCommand({ ...object.address, IfNoneMatch: '*' }))

    const write = http(url, { method: 'PUT', headers: { 'if-none-match': '*' }, body: 'second' })

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })
})
