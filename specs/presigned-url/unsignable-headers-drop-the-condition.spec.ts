import { PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('unsignableHeaders drops the condition without an error', docs('using-presigned-url'), () => {
  test('the URL has the condition nowhere', evidence(facts.S32), async ({ key, presigner }) => {
    const command = new PutObjectCommand({ ...key, IfNoneMatch: '*' })

    const url = await getSignedUrl(presigner(), command, { unsignableHeaders: new Set(['if-none-match']) })

    const { searchParams } = new URL(url)
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host')
    expect(searchParams.has('if-none-match')).toBe(false)
  })

  test('what it was to protect is overwritten', evidence(facts.S32), async ({ object, presigner, http }) => {
    const command = new PutObjectCommand({ ...object.address, IfNoneMatch: '*' })
    const url = await getSignedUrl(presigner(), command, { unsignableHeaders: new Set(['if-none-match']) })

    await expect(http(url, { method: 'PUT', body: 'second' })).toReturnStatus(200)
    await expect(object).toHaveBody('second')
  })
})
