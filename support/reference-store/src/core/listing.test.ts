import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, objectOf, textIn, xmlIn } from '../../test/context.ts'
import { listObjects } from './listing.ts'
import { allOf, textOf, type XmlElement } from './xml.ts'

function bucketWith(...keys: string[]) {
  const { state, bucket } = newBucket()
  for (const key of keys) state.write(bucket, key, objectOf('text'))
  return {
    state,
    bucket,
    v1: (query = '', who: 'owner' | 'anonymous' = 'owner') =>
      xmlIn(listObjects(contextOf('GET', `/bucket?${query}`, { who }, state))),
    v2: (query = '') => xmlIn(listObjects(contextOf('GET', `/bucket?list-type=2&${query}`, {}, state))),
  }
}

const keysIn = (root: XmlElement) => allOf(root, 'Contents').map((one) => textOf(one, 'Key'))
const prefixesIn = (root: XmlElement) => allOf(root, 'CommonPrefixes').map((one) => textOf(one, 'Prefix'))
const FOLDER = ['folder/aSubfolder/subFile1', 'folder/aSubfolder/subFile2', 'folder/file1', 'folder/file2']

describe('ListObjects', () => {
  test("ListObjects returns elements in Amazon S3's order", () => {
    const { state } = bucketWith('key')
    const xml = textIn(listObjects(contextOf('GET', '/bucket', {}, state)))
    expect(xml).toContain(
      '<Name>bucket</Name><Prefix/><Marker/><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><Contents><Key>key</Key><LastModified>2026-11-25T10:11:12.000Z</LastModified><ETag>&quot;text&quot;</ETag><Size>4</Size><Owner><ID>',
    )
    expect(xml).toContain('</ID></Owner><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>')
  })

  test('ListObjects sorts keys by UTF-8 bytes, and omits keys with a delete marker', () => {
    const { v1, state, bucket } = bucketWith('b', 'a', 'é', '日', '😀', '\uff5e', 'B')
    expect(keysIn(v1())).toEqual(['B', 'a', 'b', 'é', '日', '\uff5e', '😀'])
    bucket.versioning = 'enabled'
    state.remove(bucket, 'a', new Date())
    expect(keysIn(v1('max-keys=2'))).toEqual(['B', 'b'])
  })

  test('ListObjects returns NextMarker only with a delimiter', () => {
    const { v1 } = bucketWith('test_0', 'test_1', 'test_2')
    expect(textOf(v1('max-keys=1&delimiter=/'), 'NextMarker')).toBe('test_0')
    const page = v1('max-keys=1&marker=test_0')
    expect(keysIn(page)).toEqual(['test_1'])
    expect(textOf(page, 'IsTruncated')).toBe('true')
    expect(textOf(page, 'NextMarker')).toBeUndefined()
    expect(textOf(v1('max-keys=1&marker=test_1'), 'IsTruncated')).toBe('false')
  })

  test('ListObjects returns common prefixes in pages, and skips the prefix that contains the marker', () => {
    const { v1 } = bucketWith(...FOLDER)
    const asked = 'prefix=folder/&delimiter=/&max-keys=1'
    const first = v1(asked)
    expect(prefixesIn(first)).toEqual(['folder/aSubfolder/'])
    expect(textOf(first, 'NextMarker')).toBe('folder/aSubfolder/')
    for (const marker of ['folder/aSubfolder/', 'folder/aSubfolder/subFile1']) {
      const page = v1(`${asked}&marker=${marker}`)
      expect(keysIn(page)).toEqual(['folder/file1'])
      expect(textOf(page, 'NextMarker')).toBe('folder/file1')
    }
    const last = v1(`${asked}&marker=folder/file1`)
    expect(keysIn(last)).toEqual(['folder/file2'])
    expect(textOf(last, 'IsTruncated')).toBe('false')
  })

  test('ListObjects returns the keys that begin with the prefix', () => {
    const { v1 } = bucketWith('test/foo/bar/1', 'test/foo/bar/2', 'test/bar/1', 'test', 'tesu')
    expect(prefixesIn(v1('prefix=test/foo&delimiter=/'))).toEqual(['test/foo/'])
    expect(keysIn(v1('prefix=test'))).toEqual(['test', 'test/bar/1', 'test/foo/bar/1', 'test/foo/bar/2'])
    expect(prefixesIn(v1('prefix=test&delimiter=/'))).toEqual(['test/'])
    expect(prefixesIn(v1('delimiter=foo'))).toEqual(['test/foo'])
  })

  test('ListObjects with encoding-type=url encodes keys, prefixes, the delimiter and markers', () => {
    const { v1 } = bucketWith('a b/+é', "a b/!'()*~", 'z&<')
    const page = v1('encoding-type=url&prefix=a%20&delimiter=%252F&marker=a%20a')
    expect(keysIn(page)).toEqual(['a+b/%21%27%28%29*%7E', 'a+b/%2B%C3%A9'])
    expect(['Prefix', 'Marker', 'Delimiter', 'EncodingType'].map((name) => textOf(page, name))).toEqual([
      'a+',
      'a+a',
      '%252F',
      'url',
    ])
    expect(keysIn(v1())).toEqual(["a b/!'()*~", 'a b/+é', 'z&<'])
  })

  test('ListObjects returns the owner except to anonymous callers', () => {
    const { v1 } = bucketWith('key')
    expect(allOf(v1(), 'Contents')[0]?.children.map(({ name }) => name)).toContain('Owner')
    expect(allOf(v1('', 'anonymous'), 'Contents')[0]?.children.map(({ name }) => name)).not.toContain('Owner')
  })

  test('ListObjects returns no keys for max-keys=0, and never more than 1,000 keys', () => {
    const { v1 } = bucketWith('key')
    expect(keysIn(v1('max-keys=0'))).toEqual([])
    expect(textOf(v1('max-keys=0'), 'IsTruncated')).toBe('false')
    expect(textOf(v1('max-keys=1010'), 'MaxKeys')).toBe('1000')
    expect(textOf(v1('max-keys='), 'MaxKeys')).toBe('1000')
  })

  test.each([
    ['max-keys=many', { ArgumentName: 'max-keys', ArgumentValue: 'many' }],
    ['max-keys=2147483648', { ArgumentName: 'max-keys', ArgumentValue: '2147483648' }],
    ['max-keys=-1', { ArgumentName: 'max-keys', ArgumentValue: '-1' }],
    ['encoding-type=base64', { ArgumentName: 'encoding-type', ArgumentValue: 'base64' }],
    ['encoding-type=', { ArgumentName: 'encoding-type', ArgumentValue: '' }],
  ])('ListObjects fails with 400 InvalidArgument for %s', (query, elements) => {
    const { v1, v2 } = bucketWith()
    const expected = { status: 400, code: 'InvalidArgument', elements }
    expect(failureOf(() => v1(query))).toMatchObject(expected)
    expect(failureOf(() => v2(query))).toMatchObject(expected)
  })

  test('ListObjects fails with 404 for a bucket that does not exist', () => {
    expect(failureOf(() => listObjects(contextOf('GET', '/none')))).toMatchObject({ status: 404, code: 'NoSuchBucket' })
  })
})

describe('ListObjectsV2', () => {
  test("ListObjectsV2 returns elements in Amazon S3's order", () => {
    const { state } = bucketWith('a', 'b/c', 'd')
    const sent = '/bucket?list-type=2&start-after=A&delimiter=/&max-keys=2&encoding-type=url'
    expect(textIn(listObjects(contextOf('GET', sent, {}, state)))).toMatch(
      /<Name>bucket<\/Name><Prefix\/><StartAfter>A<\/StartAfter><NextContinuationToken>[^<]+<\/NextContinuationToken><KeyCount>2<\/KeyCount><MaxKeys>2<\/MaxKeys><Delimiter>\/<\/Delimiter><EncodingType>url<\/EncodingType><IsTruncated>true<\/IsTruncated><Contents>.*<\/Contents><CommonPrefixes><Prefix>b\/<\/Prefix><\/CommonPrefixes><\/ListBucketResult>$/s,
    )
  })

  test('ListObjectsV2 returns each key and common prefix exactly once for any page size', () => {
    const keys = ['a', 'a/', 'a/b', 'a/c/d', 'a/c/e', 'a0', 'é/ü', 'é/日', '日', '😀/1', '😀/2', '😀']
    const { v2 } = bucketWith(...keys)
    for (const delimiter of ['', '/']) {
      const [whole] = [v2(`delimiter=${delimiter}`)]
      for (const size of [1, 2, 3, 5]) {
        const seen: (string | undefined)[] = []
        let token = ''
        do {
          const page = v2(`delimiter=${delimiter}&max-keys=${size}${token}`)
          seen.push(...keysIn(page), ...prefixesIn(page))
          const next = textOf(page, 'NextContinuationToken')
          token = next === undefined ? '' : `&continuation-token=${next}`
        } while (token !== '' && seen.length <= keys.length)
        expect(seen.toSorted()).toEqual([...keysIn(whole), ...prefixesIn(whole)].toSorted())
      }
    }
  })

  test('ListObjectsV2 with a continuation token ignores start-after, but returns it', () => {
    const { v2 } = bucketWith('a', 'b', 'c', 'd')
    const token = textOf(v2('max-keys=1'), 'NextContinuationToken')
    const page = v2(`start-after=c&continuation-token=${token}`)
    expect(keysIn(page)).toEqual(['b', 'c', 'd'])
    expect(textOf(page, 'StartAfter')).toBe('c')
    expect(textOf(page, 'ContinuationToken')).toBe(token)
    expect(keysIn(v2('start-after=c'))).toEqual(['d'])
  })

  test.each(['', 'nonsense', 'a'])(
    'ListObjectsV2 fails with 400 InvalidArgument for the continuation token "%s"',
    (token) => {
      const { v2 } = bucketWith()
      expect(failureOf(() => v2(`continuation-token=${token}`))).toMatchObject({
        code: 'InvalidArgument',
        message: 'The continuation token provided is incorrect',
        elements: { ArgumentName: 'continuation-token' },
      })
    },
  )

  test('ListObjectsV2 returns the checksum and the storage class, and the owner only with fetch-owner', () => {
    const { v2, state, bucket } = bucketWith()
    const checksum = { algorithm: 'CRC32', value: 'AAAAAA==', type: 'FULL_OBJECT' } as const
    state.write(bucket, 'key', objectOf('', { checksum, headers: { 'x-amz-storage-class': 'STANDARD_IA' } }))
    const [plain] = allOf(v2(), 'Contents')
    expect(plain?.children.map(({ name }) => name)).toEqual([
      ...['Key', 'LastModified', 'ETag', 'ChecksumAlgorithm', 'ChecksumType', 'Size', 'StorageClass'],
    ])
    expect(plain && textOf(plain, 'StorageClass')).toBe('STANDARD_IA')
    expect(allOf(v2('fetch-owner=true'), 'Contents')[0]?.children.map(({ name }) => name)).toContain('Owner')
  })
})
