import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/presigned-url'

describe('The SDK moves conditions that begin with x-amz- into the query', docs('using-presigned-url'), () => {
  test('one on the source of a copy', evidence(facts.S17), async ({ key, sharedObject, presigner }) => {
    const command = new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: sharedObject.ETag })

    const { searchParams } = new URL(await getSignedUrl(presigner(), command))

    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host')
    expect(searchParams.get('x-amz-copy-source-if-match')).toBe(sharedObject.ETag)
  })

  test('one on the size of what is deleted', evidence(facts.S17), async ({ key, presigner }) => {
    const command = new DeleteObjectCommand({ ...key, IfMatchSize: 4 })

    const { searchParams } = new URL(await getSignedUrl(presigner(), command))

    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host')
    expect(searchParams.get('x-amz-if-match-size')).toBe('4')
  })

  test('unhoistableHeaders keeps it a header', evidence(facts.S17), async ({ key, sharedObject, presigner }) => {
    const command = new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: sharedObject.ETag })
    const unhoistableHeaders = new Set(['x-amz-copy-source-if-match'])

    const { searchParams } = new URL(await getSignedUrl(presigner(), command, { unhoistableHeaders }))

    expect(searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-amz-copy-source-if-match')
    expect(searchParams.has('x-amz-copy-source-if-match')).toBe(false)
  })
})
