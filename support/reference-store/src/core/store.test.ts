import { describe, expect, test } from 'vitest'
import { completion, INM, md5, testStore } from '../../test/store.ts'

const KEYS = ['é', 'è', '—', '日本', '%u65E5%u672C', 'a b', 'a+b', 'a%20b', '😀', "a'&/b", '\ufffd', 'a/b', 'a', 'a/']
const encode = (key: string) => key.split('/').map(encodeURIComponent).join('/')

describe('keys', () => {
  test.for(KEYS)('The key %s is distinct from similar keys', async (key) => {
    const { send } = await testStore()
    for (const other of KEYS) if (other !== key) await send('PUT', `/b-bucket/${encode(other)}`, {}, other)

    expect(await send('PUT', `/b-bucket/${encode(key)}`, INM, key)).toMatchObject({ status: 200 })
    expect(await send('PUT', `/b-bucket/${encode(key)}`, INM, key)).toMatchObject({ status: 412 })
    expect(await send('GET', `/b-bucket/${encode(key)}`)).toMatchObject({ status: 200, text: key })
    const copy = { 'x-amz-copy-source': `/b-bucket/${encode(key)}` }
    expect(await send('PUT', '/b-bucket/copy', copy)).toMatchObject({ status: 200 })
    expect(await send('GET', '/b-bucket/copy')).toMatchObject({ text: key })
    const xml = `<Delete><Object><Key>${key.replace('&', '&amp;')}</Key></Object></Delete>`
    expect(await send('POST', '/b-bucket?delete', md5(xml), xml)).toMatchObject({ status: 200 })
    expect(await send('HEAD', `/b-bucket/${encode(key)}`)).toMatchObject({ status: 404 })
    expect((await send('GET', '/b-bucket?list-type=2')).text).toContain(`<KeyCount>${KEYS.length}</KeyCount>`)
  })

  test('ListObjectsV2 sorts keys by UTF-8 bytes', async () => {
    const { send } = await testStore()
    for (const key of ['😀', '\uffee', 'z', 'é']) await send('PUT', `/b-bucket/${encode(key)}`, {}, key)
    const { text } = await send('GET', '/b-bucket?list-type=2')

    expect([...text.matchAll(/<Key>([^<]*)</g)].map(([, key]) => key)).toEqual(['z', 'é', '\uffee', '😀'])
  })

  test('PutObject fails with 400 for a path that is not UTF-8, and for a key longer than 1,024 bytes', async () => {
    const { send } = await testStore()

    expect(await send('PUT', '/b-bucket/%ff', {}, 'x')).toMatchObject({ status: 400, code: 'InvalidURI' })
    expect(await send('PUT', `/b-bucket/${'é'.repeat(512)}`, {}, 'x')).toMatchObject({ status: 200 })
    expect(await send('PUT', `/b-bucket/${'é'.repeat(512)}x`, {}, 'x')).toMatchObject({
      status: 400,
      code: 'KeyTooLongError',
    })
  })
})

describe('DeleteObjects', () => {
  const remove = async (entry: string) => {
    const { send } = await testStore()
    await send('PUT', '/b-bucket/k', {}, 'x')
    const xml = `<Delete><Object><Key>k</Key>${entry}</Object></Delete>`
    const { text } = await send('POST', '/b-bucket?delete', md5(xml), xml)
    const { status } = await send('HEAD', '/b-bucket/k')
    return { code: /<Code>([^<]*)</.exec(text)?.[1], status }
  }

  test.for([
    ['<ETag>"x"</ETag>', 'PreconditionFailed'],
    ['<ETag >"x"</ETag >', 'PreconditionFailed'],
    ['<ETag a="b">"x"</ETag>', 'PreconditionFailed'],
    ['<ETag><![CDATA["x"]]></ETag>', 'PreconditionFailed'],
    ['<ETag></ETag>', 'NotImplemented'],
    ['<ETag/>', 'NotImplemented'],
    ['<Size>3</Size>', 'NotImplemented'],
    ['<!-- <ETag>"x"</ETag> --><ETag>"y"</ETag>', 'PreconditionFailed'],
  ])('DeleteObjects with %s in an entry keeps the object and returns the error %s', async ([entry = '', code]) => {
    expect(await remove(entry)).toEqual({ code, status: 200 })
  })

  test('DeleteObjects without a condition deletes the object', async () => {
    expect(await remove('')).toEqual({ code: undefined, status: 404 })
  })

  test('DeleteObjects deletes nothing when the XML is not well-formed', async () => {
    const { send } = await testStore()
    await send('PUT', '/b-bucket/k', {}, 'x')
    const xml = '<Delete><Object><Key>k</Key><ETag>"x"</Object></Delete>'

    expect(await send('POST', '/b-bucket?delete', md5(xml), xml)).toMatchObject({ status: 400, code: 'MalformedXML' })
    expect(await send('HEAD', '/b-bucket/k')).toMatchObject({ status: 200 })
  })
})

describe('a request whose outcome on Amazon S3 is unknown', () => {
  test('A write with an unknown outcome fails with a 501 that states the reason, and changes nothing', async () => {
    const { send, log } = await testStore()
    await send('PUT', '/b-bucket/k', {}, 'first')
    const date = { 'if-unmodified-since': 'Wed, 25 Nov 2026 10:11:12 GMT' }

    expect(await send('PUT', '/b-bucket/k', date, 'second')).toMatchObject({
      status: 501,
      text: expect.stringContaining('the request has a date-based condition'),
    })
    expect(await send('PUT', '/b-bucket/k', { 'if-match': 'W/"x"' }, 'second')).toMatchObject({ status: 501 })
    expect(await send('GET', '/b-bucket/k')).toMatchObject({ text: 'first' })
    expect(log.join('\n')).toContain('unknown')
  })

  test('A read with an unknown outcome is served as if it had no condition', async () => {
    const { send } = await testStore()
    const { headers } = await send('PUT', '/b-bucket/k', {}, 'x')

    expect(await send('GET', '/b-bucket/k', { 'if-match': `W/${headers.ETag}` })).toMatchObject({ status: 200 })
    expect(await send('GET', '/b-bucket/k', { 'if-none-match': `W/${headers.ETag}` })).toMatchObject({ status: 200 })
  })

  test('The expected outcome of an open question is returned, and logged as unknown', async () => {
    const { send, log } = await testStore()

    expect(await send('POST', '/b-bucket/k?uploads', INM)).toMatchObject({ status: 200 })
    expect(log.at(-1)).toContain('unknown, expected 200')
  })
})

describe('an upload', () => {
  test('A repeated CompleteMultipartUpload returns the same response, and fails with 404 for another key', async () => {
    const { send, createUpload } = await testStore()
    const id = await createUpload('/b-bucket/p1')
    const { headers } = await send('PUT', `/b-bucket/p1?partNumber=1&uploadId=${id}`, {}, 'part')
    const xml = completion(headers.ETag)

    expect(await send('POST', `/b-bucket/p2?uploadId=${id}`, {}, xml)).toMatchObject({
      status: 404,
      code: 'NoSuchUpload',
    })
    const first = await send('POST', `/b-bucket/p1?uploadId=${id}`, INM, xml)
    expect(first).toMatchObject({
      status: 200,
      text: expect.stringContaining('<Location>http://127.0.0.1:4570/b-bucket/p1<'),
    })
    const again = await send('POST', `/b-bucket/p1?uploadId=${id}`, INM, xml)
    expect(again.text).toBe(first.text)
    expect(await send('POST', `/b-bucket/p2?uploadId=${id}`, {}, xml)).toMatchObject({
      status: 404,
      code: 'NoSuchUpload',
    })
  })

  test('CompleteMultipartUpload fails with 400 MalformedXML when the XML is not well-formed', async () => {
    const { send, createUpload } = await testStore()
    const id = await createUpload('/b-bucket/p')

    expect(await send('POST', `/b-bucket/p?uploadId=${id}`, {}, '<Complete')).toMatchObject({
      status: 400,
      code: 'MalformedXML',
    })
  })
})

describe('responses', () => {
  test('Every caller gets a 404 for a bucket that does not exist', async () => {
    const { send } = await testStore()

    expect(await send('GET', '/none/k', { authorization: '' })).toMatchObject({ status: 404, code: 'NoSuchBucket' })
    expect(await send('PUT', '/none/k', INM, 'x')).toMatchObject({ status: 404, code: 'NoSuchBucket' })
  })

  test("The 405 for a delete marker contains the marker's version id", async () => {
    const { send } = await testStore()
    await send('PUT', '/v-bucket/k', {}, 'x')
    const { headers } = await send('DELETE', '/v-bucket/k')

    expect(await send('GET', `/v-bucket/k?versionId=${headers['x-amz-version-id']}`)).toMatchObject({
      status: 405,
      headers: { 'x-amz-version-id': headers['x-amz-version-id'], 'x-amz-delete-marker': 'true', Allow: 'DELETE' },
    })
  })

  test('The 501 for an unsupported operation names the operation', async () => {
    const { send } = await testStore()

    expect(await send('GET', '/b-bucket?analytics')).toMatchObject({
      status: 501,
      text: expect.stringContaining('GET Bucket analytics'),
    })
  })

  test('A request that causes an exception fails with 500, and the exception is logged', async () => {
    const { send, log } = await testStore({
      rules: () => {
        throw new Error('broken')
      },
    })

    expect(await send('PUT', '/b-bucket/k', {}, 'x')).toMatchObject({ status: 500, code: 'InternalError' })
    expect(log.at(-1)).toMatch(/500 InternalError: Error: broken/)
  })

  test('A write that exceeds maxBytes fails with 503, and a delete frees the memory', async () => {
    const { send } = await testStore({ maxBytes: 10 })

    expect(await send('PUT', '/b-bucket/k', {}, '12345678')).toMatchObject({ status: 200 })
    expect(await send('PUT', '/b-bucket/l', {}, '12345678')).toMatchObject({ status: 503, code: 'SlowDown' })
    await send('DELETE', '/b-bucket/k')
    expect(await send('PUT', '/b-bucket/l', {}, '12345678')).toMatchObject({ status: 200 })
  })

  test('PutObject in a bucket with a default retention fails with 400 without a checksum (N09)', async () => {
    const { send } = await testStore()
    await send('PUT', '/locked-bucket', { 'x-amz-bucket-object-lock-enabled': 'true' })
    const retention = '<DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention>'
    const xml = `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>${retention}</Rule></ObjectLockConfiguration>`
    await send('PUT', '/locked-bucket?object-lock', md5(xml), xml)

    expect(await send('PUT', '/locked-bucket/k', INM, 'x')).toMatchObject({ status: 400, code: 'InvalidRequest' })
    expect(await send('PUT', '/locked-bucket/k', { ...INM, ...md5('x') }, 'x')).toMatchObject({ status: 200 })
  })
})
