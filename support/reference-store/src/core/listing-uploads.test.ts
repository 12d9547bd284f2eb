import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, NOW, newBucket, objectOf, textIn, xmlIn } from '../../test/context.ts'
import { listMultipartUploads, listParts } from './listing-uploads.ts'
import type { StoredUpload } from './stored.ts'
import { allOf, textOf, type XmlElement } from './xml.ts'

function bucketWithUploads(...uploads: [key: string, id: string][]) {
  const { state, bucket } = newBucket()
  const add = (key: string, id: string, more: Partial<StoredUpload> = {}) => {
    const upload: StoredUpload = {
      id,
      key,
      initiated: NOW,
      parts: new Map(),
      keyHeldObject: false,
      keyChangedSince: false,
      state: 'in progress',
      object: objectOf(''),
      ...more,
    }
    bucket.uploads.set(id, upload)
    return upload
  }
  for (const [key, id] of uploads) add(key, id)
  return {
    state,
    bucket,
    add,
    list: (query = '') => xmlIn(listMultipartUploads(contextOf('GET', `/bucket?uploads&${query}`, {}, state))),
    parts: (query = '', key = 'key') => xmlIn(listParts(contextOf('GET', `/bucket/${key}?${query}`, {}, state))),
  }
}

const idsIn = (page: XmlElement) => allOf(page, 'Upload').map((one) => textOf(one, 'UploadId'))
const nextOf = (page: XmlElement) => [textOf(page, 'NextKeyMarker'), textOf(page, 'NextUploadIdMarker')]

describe('ListMultipartUploads', () => {
  test('ListMultipartUploads returns uploads in progress, sorted by key, then by time and order of creation', () => {
    const { list, add } = bucketWithUploads(['c', '1'], ['b', '2'], ['a', '5'], ['a', '4'], ['a', '3'])
    add('a', '6', { initiated: new Date(NOW.getTime() - 1_000) })
    add('a', '7', { state: 'completed' })
    const page = list()
    expect(idsIn(page)).toEqual(['6', '5', '4', '3', '2', '1'])
    expect(nextOf(page)).toEqual(['c', '1'])
  })

  test("ListMultipartUploads returns elements in Amazon S3's order", () => {
    const { state } = bucketWithUploads(['a', '1'])
    expect(textIn(listMultipartUploads(contextOf('GET', '/bucket?uploads', {}, state)))).toMatch(
      /<Bucket>bucket<\/Bucket><KeyMarker\/><UploadIdMarker\/><NextKeyMarker>a<\/NextKeyMarker><NextUploadIdMarker>1<\/NextUploadIdMarker><MaxUploads>1000<\/MaxUploads><IsTruncated>false<\/IsTruncated><Upload><Key>a<\/Key><UploadId>1<\/UploadId><Initiator>.*<\/Initiator><Owner>.*<\/Owner><StorageClass>STANDARD<\/StorageClass><Initiated>2026-11-25T10:11:12.000Z<\/Initiated><\/Upload><\/ListMultipartUploadsResult>$/,
    )
  })

  test('ListMultipartUploads returns pages by key and upload', () => {
    const { list } = bucketWithUploads(['c', '1'], ['b', '2'], ['a', '3'], ['a', '4'])
    expect(nextOf(list('max-uploads=1'))).toEqual(['a', '3'])
    expect(idsIn(list('max-uploads=1&key-marker=a&upload-id-marker=3'))).toEqual(['4'])
    expect(idsIn(list('max-uploads=1&key-marker=a&upload-id-marker=4'))).toEqual(['2'])
    expect(idsIn(list('key-marker=a'))).toEqual(['2', '1'])
    expect(idsIn(list('upload-id-marker=4'))).toEqual(['3', '4', '2', '1'])
    expect(nextOf(list('key-marker=c'))).toEqual(['', ''])
    expect(failureOf(() => list('key-marker=c&upload-id-marker=2'))).toMatchObject({
      code: 'InvalidArgument',
      message: 'Invalid uploadId marker',
      elements: { ArgumentName: 'upload-id-marker', ArgumentValue: '2' },
    })
  })

  test('ListMultipartUploads continues after an aborted upload', () => {
    const { list, bucket } = bucketWithUploads(['a', '1'], ['a', '2'], ['b', '3'])
    const upload = bucket.uploads.get('1')
    if (upload) upload.state = 'aborted'
    expect(idsIn(list('key-marker=a&upload-id-marker=1'))).toEqual(['2', '3'])
    bucket.uploads.delete('1')
    expect(idsIn(list('key-marker=a&upload-id-marker=1'))).toEqual(['2', '3'])
  })

  test('ListMultipartUploads returns common prefixes for a delimiter', () => {
    const { list } = bucketWithUploads(['d/sub/1', '1'], ['d/sub/2', '2'], ['d/a b', '3'])
    const page = list('prefix=d/&delimiter=/&encoding-type=url')
    expect(allOf(page, 'Upload').map((one) => textOf(one, 'Key'))).toEqual(['d/a+b'])
    expect(allOf(page, 'CommonPrefixes').map((one) => textOf(one, 'Prefix'))).toEqual(['d/sub/'])
    expect(idsIn(list('prefix=d/sub/&delimiter=/'))).toEqual(['1', '2'])
  })
})

describe('ListParts', () => {
  const part = (number: number) => ({
    number,
    size: 4,
    etag: '"part"',
    lastModified: NOW,
    body: [],
    checksum: { algorithm: 'CRC32', value: 'AAAAAA==', type: 'FULL_OBJECT' } as const,
  })
  const numbersIn = (page: XmlElement) => allOf(page, 'Part').map((one) => textOf(one, 'PartNumber'))

  test('ListParts returns parts sorted by number, in pages', () => {
    const { parts, add, state } = bucketWithUploads()
    const upload = add('key', 'id')
    for (const number of [10, 2, 1]) state.storePart(upload, part(number))
    expect(numbersIn(parts('uploadId=id'))).toEqual(['1', '2', '10'])
    const page = parts('uploadId=id&max-parts=1&part-number-marker=1')
    expect(numbersIn(page)).toEqual(['2'])
    expect(['PartNumberMarker', 'NextPartNumberMarker', 'IsTruncated'].map((name) => textOf(page, name))).toEqual([
      ...['1', '2', 'true'],
    ])
    expect(numbersIn(parts('uploadId=id&part-number-marker=&max-parts='))).toHaveLength(3)
    expect(textOf(parts('uploadId=id&part-number-marker=10'), 'NextPartNumberMarker')).toBe('0')
    expect(failureOf(() => parts('uploadId=id&max-parts=x'))).toMatchObject({ code: 'InvalidArgument' })
  })

  test('ListParts returns the checksums of parts if the upload has a checksum algorithm', () => {
    const { parts, add, state } = bucketWithUploads()
    for (const [id, more] of [
      ['with', { algorithm: 'CRC32', checksumType: 'FULL_OBJECT' }],
      ['without', {}],
    ] as const) {
      state.storePart(add('key', id, more), part(1))
    }
    const first = (id: string) => allOf(parts(`uploadId=${id}`), 'Part')[0]?.children.map(({ name }) => name)
    expect(first('with')).toEqual(['PartNumber', 'LastModified', 'ETag', 'Size', 'ChecksumCRC32'])
    expect(first('without')).toEqual(['PartNumber', 'LastModified', 'ETag', 'Size'])
    expect(textOf(parts('uploadId=with'), 'ChecksumType')).toBe('FULL_OBJECT')
  })

  test('ListParts fails with 404 NoSuchUpload for another key, and for an ended upload', () => {
    const { parts, add } = bucketWithUploads(['key', 'id'])
    add('key', 'ended', { state: 'aborted' })
    for (const [query, key] of [
      ['uploadId=id', 'other'],
      ['uploadId=ended', 'key'],
      ['uploadId=none', 'key'],
    ] as const) {
      expect(failureOf(() => parts(query, key))).toMatchObject({ status: 404, code: 'NoSuchUpload' })
    }
  })
})
