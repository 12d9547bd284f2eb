import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, objectOf, textIn, xmlIn } from '../../test/context.ts'
import { listObjectVersions } from './listing-versions.ts'
import { allOf, textOf, type XmlElement } from './xml.ts'

function versioned() {
  const { state, bucket } = newBucket()
  bucket.versioning = 'enabled'
  return {
    state,
    bucket,
    put: (key: string) => state.write(bucket, key, objectOf('text')).versionId,
    remove: (key: string) => state.remove(bucket, key, new Date())?.versionId ?? '',
    list: (query = '') => xmlIn(listObjectVersions(contextOf('GET', `/bucket?versions&${query}`, {}, state))),
  }
}

const rowsIn = ({ children }: XmlElement) =>
  children.filter(({ name }) => name === 'Version' || name === 'DeleteMarker')
const idsIn = (page: XmlElement) => rowsIn(page).map((row) => textOf(row, 'VersionId'))
const nextOf = (page: XmlElement) => [textOf(page, 'NextKeyMarker'), textOf(page, 'NextVersionIdMarker')]

describe('ListObjectVersions', () => {
  test("ListObjectVersions returns a key's versions and delete markers together, newest first", () => {
    const { put, remove, list } = versioned()
    const [b1, a1, a2, a3] = [put('b'), put('a'), remove('a'), put('a')]
    const page = list()
    expect(idsIn(page)).toEqual([a3, a2, a1, b1])
    expect(rowsIn(page).map(({ name }) => name)).toEqual(['Version', 'DeleteMarker', 'Version', 'Version'])
    expect(rowsIn(page).map((row) => textOf(row, 'IsLatest'))).toEqual(['true', 'false', 'false', 'true'])
  })

  test("ListObjectVersions returns elements in Amazon S3's order", () => {
    const { state, put } = versioned()
    put('a')
    expect(textIn(listObjectVersions(contextOf('GET', '/bucket?versions', {}, state)))).toMatch(
      /<Name>bucket<\/Name><Prefix\/><KeyMarker\/><VersionIdMarker\/><MaxKeys>1000<\/MaxKeys><IsTruncated>false<\/IsTruncated><Version><Key>a<\/Key><VersionId>[^<]+<\/VersionId><IsLatest>true<\/IsLatest><LastModified>2026-11-25T10:11:12.000Z<\/LastModified><ETag>&quot;text&quot;<\/ETag><Size>4<\/Size><StorageClass>STANDARD<\/StorageClass><Owner><ID>\w+<\/ID><\/Owner><\/Version><\/ListVersionsResult>$/,
    )
  })

  test('ListObjectVersions returns pages by key and version', () => {
    const { put, remove, list } = versioned()
    const [first] = [put('t0'), remove('t0')]
    const [older, newer] = [put('t1'), put('t1')]
    const page = list('max-keys=3')
    expect(nextOf(page)).toEqual(['t1', newer])
    expect(textOf(page, 'IsTruncated')).toBe('true')
    const rest = list(`max-keys=1&key-marker=t1&version-id-marker=${newer}`)
    expect(idsIn(rest)).toEqual([older])
    expect(textOf(rest, 'IsTruncated')).toBe('false')
    expect(nextOf(rest)).toEqual([undefined, undefined])
    expect(idsIn(list('key-marker=t0'))).toEqual([newer, older])
    expect(idsIn(list('key-marker=t1'))).toEqual([])
    expect(idsIn(list('key-marker='))).toContain(first)
  })

  test('A client can delete 1,100 versions page by page with ListObjectVersions', () => {
    const { state, bucket, put, remove, list } = versioned()
    for (let i = 0; i < 600; i++) put('many')
    for (let i = 0; i < 250; i++) [put(`k${i}`), remove(`k${i}`)]
    let markers = ''
    let pages = 0
    while (pages < 20) {
      const page = list(`max-keys=128${markers}`)
      for (const row of rowsIn(page))
        state.removeVersion(bucket, textOf(row, 'Key') ?? '', textOf(row, 'VersionId') ?? '')
      pages++
      expect(rowsIn(page).length).toBeLessThanOrEqual(128)
      if (textOf(page, 'IsTruncated') === 'false') break
      const [key, version] = nextOf(page)
      markers = `&key-marker=${key}&version-id-marker=${version}`
    }
    expect(pages).toBe(9)
    expect(bucket.keys.size).toBe(0)
  })

  test('ListObjectVersions returns common prefixes for a delimiter, also across pages', () => {
    const { put, list } = versioned()
    for (const key of ['dir/test', 'dir/test', 'dir/sub/test', 'dir/sub/test', 'dir/zub']) put(key)
    const first = list('prefix=dir/&delimiter=/&max-keys=1')
    expect(allOf(first, 'CommonPrefixes').map((one) => textOf(one, 'Prefix'))).toEqual(['dir/sub/'])
    expect(nextOf(first)).toEqual(['dir/sub/', undefined])
    const second = list('prefix=dir/&delimiter=/&key-marker=dir/sub/')
    expect(rowsIn(second).map((row) => textOf(row, 'Key'))).toEqual(['dir/test', 'dir/test', 'dir/zub'])
    expect(rowsIn(list('prefix=dir/t')).length).toBe(2)
  })

  test('ListObjectVersions returns null versions for an unversioned bucket', () => {
    const { bucket, put, list } = versioned()
    bucket.versioning = 'never'
    put('a key')
    const [row] = rowsIn(list('encoding-type=url'))
    expect(row && [textOf(row, 'VersionId'), textOf(row, 'Key')]).toEqual(['null', 'a+key'])
  })

  test('ListObjectVersions fails with 400 InvalidArgument for a version-id-marker without a key-marker', () => {
    const { list } = versioned()
    expect(failureOf(() => list('version-id-marker=a'))).toMatchObject({
      code: 'InvalidArgument',
      message: 'A version-id marker cannot be specified without a key marker.',
      elements: { ArgumentName: 'version-id-marker', ArgumentValue: 'a' },
    })
  })
})
