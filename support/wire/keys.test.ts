import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { keyClasses } from '../targets/key-classes'
import { addresses, escapedKey, isSamePath } from './keys'
import { record } from './record'

/** Sample keys, including characters that the SDK escapes but encodeURIComponent does not. */
const samples = [...keyClasses.flatMap(({ texts }) => texts), "!'()*", '?x=y#z', '~.-_', 'a/b/c', 'a//b', 'a/', '100%']

/** Returns the path that the SDK sends for a key. */
async function pathOf(Key: string, forcePathStyle: boolean): Promise<string> {
  const exchanges: Parameters<typeof record>[2] = []
  const s3 = new S3Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    bucketEndpoint: !forcePathStyle,
    forcePathStyle,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  const Bucket = forcePathStyle ? 'bucket' : 'http://127.0.0.1:1'
  await record(s3, 'spec', exchanges)
    .send(new GetObjectCommand({ Bucket, Key }))
    .catch(() => {})
  return exchanges[0]?.request.path ?? ''
}

test.for(samples)('escapedKey escapes %j as the SDK does, and the path addresses the key', async (key) => {
  const [inPath, inHost] = [await pathOf(key, true), await pathOf(key, false)]

  expect(inPath).toBe(`/bucket/${escapedKey(key)}`)
  expect(inHost).toBe(`/${escapedKey(key)}`)
  expect([inPath, inHost, `${inPath}?versionId=v`].map((path) => addresses(path, key))).toEqual([true, true, true])
})

test.for(samples)('a path addresses %j however the key is escaped', (key) => {
  const path = `/bucket/${key.split('/').map(encodeURIComponent).join('/')}`

  expect(addresses(path, key)).toBe(true)
  expect(addresses(`/bucket/${encodeURIComponent(key)}`, key)).toBe(true)
  expect(isSamePath(path, `/bucket/${escapedKey(key)}?uploadId=u`)).toBe(true)
})

test.for(keyClasses)('keys that differ only in %s are not confused', ({ texts: [text, other] }) => {
  expect(addresses(`/bucket/${escapedKey(text)}`, other)).toBe(false)
  expect(isSamePath(`/bucket/${escapedKey(text)}`, `/bucket/${escapedKey(other)}`)).toBe(false)
})

test('a path addresses neither a part of its key nor the key decoded twice', () => {
  expect(addresses('/bucket/a/b', 'b')).toBe(false)
  expect(addresses('/bucket/a/b', 'a')).toBe(false)
  expect(addresses('/bucket/a/', 'a')).toBe(false)
  expect(addresses('/bucket/a%2541b', 'aAb')).toBe(false)
  expect(addresses('/bucket?list-type=2&prefix=key', 'key')).toBe(false)
})

test('an invalid path is compared without decoding', () => {
  expect(isSamePath('/bucket/%zz', '/bucket/%zz?versionId=v')).toBe(true)
  expect(addresses('/bucket/%zz', '%zz')).toBe(true)
})
