import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, insideOf, newBucket } from '../../test/context.ts'
import { versioning } from '../../test/store.ts'
import { HANDLERS } from './handlers.ts'

describe('versioning of a bucket', () => {
  test('GetBucketVersioning returns no status before the first PutBucketVersioning', () => {
    const { send, bucket } = newBucket()
    expect(insideOf(send(HANDLERS.GetBucketVersioning))).toBe('')
    for (const [text, state] of [
      ['Suspended', 'suspended'],
      ['Enabled', 'enabled'],
      ['Suspended', 'suspended'],
    ] as const) {
      expect(send(HANDLERS.PutBucketVersioning, versioning(text)).status).toBe(200)
      expect(bucket.versioning).toBe(state)
      expect(insideOf(send(HANDLERS.GetBucketVersioning))).toBe(`<Status>${text}</Status>`)
    }
  })

  test.each([
    ['<VersioningConfiguration/>', 'IllegalVersioningConfigurationException'],
    [versioning('enabled'), 'MalformedXML'],
    [versioning('Disabled'), 'MalformedXML'],
    ['<VersioningConfiguration>', 'MalformedXML'],
    ['<Versioning/>', 'MalformedXML'],
    ['', 'MalformedXML'],
  ])('PutBucketVersioning fails with 400 for %s', (body, code) => {
    const { send, bucket } = newBucket()
    expect(failureOf(() => send(HANDLERS.PutBucketVersioning, body))).toMatchObject({ status: 400, code })
    expect(bucket.versioning).toBe('never')
  })

  test('PutBucketVersioning fails with 409 when it would suspend versioning in a bucket with Object Lock', () => {
    const { send, bucket } = newBucket({ 'x-amz-bucket-object-lock-enabled': 'true' })
    expect(failureOf(() => send(HANDLERS.PutBucketVersioning, versioning('Suspended')))).toMatchObject({
      status: 409,
      code: 'InvalidBucketState',
    })
    expect(send(HANDLERS.PutBucketVersioning, versioning('Enabled')).status).toBe(200)
    expect(bucket.versioning).toBe('enabled')
  })

  test('PutBucketVersioning fails with 501 for a directory bucket, and GetBucketVersioning with 404 for a missing bucket', () => {
    const { send, bucket } = newBucket()
    Object.assign(bucket, { isDirectory: true })
    expect(failureOf(() => send(HANDLERS.PutBucketVersioning, versioning('Enabled')))).toMatchObject({
      code: 'NotImplemented',
    })
    expect(failureOf(() => HANDLERS.GetBucketVersioning(contextOf('GET', '/none?versioning')))).toMatchObject({
      status: 404,
    })
  })
})

describe('tags of a bucket', () => {
  const tagged = (tags: string) => `<Tagging><TagSet>${tags}</TagSet></Tagging>`
  const TAG = '<Tag><Key>a</Key><Value>1 &lt; 2</Value></Tag>'

  test('GetBucketTagging returns the tags until they are deleted', () => {
    const { send } = newBucket()
    const missing = { status: 404, code: 'NoSuchTagSet', elements: { BucketName: 'bucket' } }
    expect(failureOf(() => send(HANDLERS.GetBucketTagging))).toMatchObject(missing)
    expect(failureOf(() => send(HANDLERS.PutBucketTagging, tagged(TAG)))).toMatchObject({ code: 'InvalidTag' })
    expect(send(HANDLERS.PutBucketTagging, tagged(TAG.replace('&lt;', '=')))).toMatchObject({ status: 204 })
    expect(insideOf(send(HANDLERS.GetBucketTagging))).toBe(
      '<TagSet><Tag><Key>a</Key><Value>1 = 2</Value></Tag></TagSet>',
    )
    expect(send(HANDLERS.DeleteBucketTagging).status).toBe(204)
    expect(failureOf(() => send(HANDLERS.GetBucketTagging))).toMatchObject(missing)
    send(HANDLERS.PutBucketTagging, tagged(TAG.replace('&lt;', '=')))
    send(HANDLERS.PutBucketTagging, tagged(''))
    expect(failureOf(() => send(HANDLERS.GetBucketTagging))).toMatchObject(missing)
  })
})
