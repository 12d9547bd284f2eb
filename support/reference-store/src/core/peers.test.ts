import { describe, expect, test } from 'vitest'
import { completion, testStore, versioning } from '../../test/store.ts'

// Regression tests for differences from Amazon S3 that were found with other projects' test suites and clients.

describe('a bucket whose versioning is suspended', () => {
  test('PutObject returns no version id, but a read and a copy return null', async () => {
    const { send } = await testStore()
    await send('PUT', '/v-bucket?versioning', {}, versioning('Suspended'))
    const versionOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).headers['x-amz-version-id']

    expect(await versionOf('PUT', '/v-bucket/k', {}, 'x')).toBeUndefined()
    expect(await versionOf('GET', '/v-bucket/k')).toBe('null')
    expect(await versionOf('PUT', '/v-bucket/copy', { 'x-amz-copy-source': '/v-bucket/k' })).toBe('null')
    expect(await versionOf('DELETE', '/v-bucket/k')).toBe('null')
  })

  test('DeleteBucket mentions versions in its error message', async () => {
    const { send } = await testStore()
    await send('PUT', '/v-bucket/k', {}, 'x')
    await send('DELETE', '/v-bucket/k')

    const { status: code, text } = await send('DELETE', '/v-bucket')
    expect(code).toBe(409)
    expect(text).toContain('is not empty. You must delete all versions in the bucket.')
  })
})

test.for(['GET', 'HEAD', 'DELETE', 'PUT'])('%s for a key longer than 1,024 bytes fails with 400', async (method) => {
  const { send } = await testStore()

  expect(await send(method, `/b-bucket/${'k'.repeat(1025)}`)).toMatchObject({ status: 400 })
  expect((await send(method, `/b-bucket/${'k'.repeat(1024)}`)).status).not.toBe(400)
})

describe('the body of a setting', () => {
  const xml = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'
  test.for([
    [{ 'content-md5': 'x' }, 'InvalidDigest'],
    [{ 'content-md5': 'ndTkYSaMgDT1yFZOFVxnpg==' }, 'BadDigest'],
    [{ 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    [{}, undefined],
  ] as const)(
    'PutBucketTagging with the headers %o verifies its body, and returns the error code %s',
    async ([headers, code]) => {
      const { send } = await testStore()
      const sent = await send('PUT', '/b-bucket?tagging', headers, xml)

      expect(sent.code).toBe(code)
      expect(await send('GET', '/b-bucket?tagging')).toMatchObject({ status: code ? 404 : 200 })
    },
  )
})

test("A read with a part number and a range fails with Amazon S3's error message", async () => {
  const { send } = await testStore()
  await send('PUT', '/b-bucket/k', {}, 'x')
  const { status: code, text } = await send('GET', '/b-bucket/k?partNumber=1', { range: 'bytes=0-0' })

  expect(code).toBe(400)
  expect(text).toContain('Cannot specify both Range header and partNumber query parameter')
})

test('PutObject with an unsupported checksum fails with 501 and stores nothing', async () => {
  const { send } = await testStore()

  expect(await send('PUT', '/b-bucket/k', { 'x-amz-checksum-xxhash64': 'x' }, 'x')).toMatchObject({ status: 501 })
  expect(await send('PUT', '/b-bucket/k', { 'x-amz-sdk-checksum-algorithm': 'XXHASH3' }, 'x')).toMatchObject({
    status: 501,
  })
  expect(await send('PUT', '/b-bucket/k', { 'x-amz-checksum-sha512': 'AAAA' }, 'x')).toMatchObject({ status: 400 })
  expect(await send('GET', '/b-bucket/k')).toMatchObject({ status: 404 })
})

describe('an object of two parts with checksums', () => {
  async function objectOf(headers: Record<string, string>) {
    const store = await testStore()
    const { send, createUpload } = store
    const id = await createUpload('/b-bucket/k', headers)
    const bodies = [Buffer.alloc(5 * 1024 ** 2, 'a'), Buffer.from('b')]
    const parts = bodies.map(async (body, n) => {
      const { headers: sent } = await send('PUT', `/b-bucket/k?partNumber=${n + 1}&uploadId=${id}`, {}, body)
      return sent.ETag
    })
    await send('POST', `/b-bucket/k?uploadId=${id}`, {}, completion(...(await Promise.all(parts))))
    return store
  }
  const ATTRIBUTES = { 'x-amz-object-attributes': 'ObjectParts' }
  const pageOf = (text: string) =>
    /<PartsCount>.*<IsTruncated>\w+/
      .exec(text)?.[0]
      .replaceAll(/<\/\w+>/g, '')
      .replaceAll(/[<>]/g, ' ')

  test('GetObjectAttributes returns the parts in pages for a composite checksum, otherwise only their number', async () => {
    const composite = await objectOf({ 'x-amz-checksum-algorithm': 'SHA256' })
    const whole = await objectOf({ 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' })
    const get = (headers = {}) => composite.send('GET', '/b-bucket/k?attributes', { ...ATTRIBUTES, ...headers })

    expect(pageOf((await get()).text)).toBe(
      ' PartsCount 2 PartNumberMarker 0 NextPartNumberMarker 2 MaxParts 1000 IsTruncated false',
    )
    expect(pageOf((await get({ 'x-amz-max-parts': '1' })).text)).toBe(
      ' PartsCount 2 PartNumberMarker 0 NextPartNumberMarker 1 MaxParts 1 IsTruncated true',
    )
    const { text } = await get({ 'x-amz-max-parts': '1', 'x-amz-part-number-marker': '1' })
    expect(text.match(/<PartNumber>\d/g)).toEqual(['<PartNumber>2'])
    const { text: number } = await whole.send('GET', '/b-bucket/k?attributes', ATTRIBUTES)
    expect(number).toContain('<ObjectParts><PartsCount>2</PartsCount></ObjectParts>')
  })

  test("GetObject with a part number returns the part's checksum", async () => {
    const { send } = await objectOf({ 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' })
    const { headers } = await send('GET', '/b-bucket/k?partNumber=2', { 'x-amz-checksum-mode': 'ENABLED' })

    expect(headers).toMatchObject({ 'x-amz-checksum-crc32': 'cb7v+Q==', 'x-amz-checksum-type': 'FULL_OBJECT' })
  })
})
