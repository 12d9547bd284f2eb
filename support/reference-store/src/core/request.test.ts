import { describe, expect, test } from 'vitest'
import { readRequest } from './request.ts'

const read = (method: string, url: string, headers: Record<string, string> = {}) =>
  readRequest({ method, url, headers: { host: '127.0.0.1:4566', ...headers } })

describe('the operation of a request', () => {
  test.for([
    ['GET', '/b/k', '', 'GetObject'],
    ['HEAD', '/b/k', '', 'HeadObject'],
    ['GET', '/b/k?acl', '', undefined],
    ['GET', '/b/k?torrent', '', undefined],
    ['PUT', '/b/k?x-id=PutObject', '', 'PutObject'],
    ['PUT', '/b/k', 'x-amz-copy-source', 'CopyObject'],
    ['PUT', '/b/k?partNumber=1&uploadId=u', 'x-amz-copy-source', 'UploadPartCopy'],
    ['PUT', '/b/k?partNumber=1&uploadId=u', '', 'UploadPart'],
    ['POST', '/b/k?uploads', '', 'CreateMultipartUpload'],
    ['POST', '/b/k?uploadId=u', '', 'CompleteMultipartUpload'],
    ['DELETE', '/b/k?uploadId=u', '', 'AbortMultipartUpload'],
    ['DELETE', '/b/k?versionId=v', '', 'DeleteObject'],
    ['POST', '/b?delete', '', 'DeleteObjects'],
    ['PUT', '/b--x-s3/k?renameObject', '', 'RenameObject'],
    ['PUT', '/b', '', 'CreateBucket'],
    ['POST', '/b', '', undefined],
  ] as const)('The request %s %s with the header "%s" is the operation %s', ([method, url, header, operation]) => {
    expect(read(method, url, header ? { [header]: '/b/s' } : {}).operation).toBe(operation)
  })
})

describe('bucket and key of a request', () => {
  test.for([
    ['127.0.0.1:4566', '/b/a%20b/c', 'b', 'a b/c'],
    ['localhost:4566', '/b/k', 'b', 'k'],
    ['b.localhost:4566', '/k', 'b', 'k'],
    ['b.c.s3.localhost.example.cloud:4566', '/k', 'b.c', 'k'],
    ['127.0.0.1:4566', '/b--x-s3//k', 'b--x-s3', 'k'],
    ['127.0.0.1:4566', '/b//k', 'b', '/k'],
    ['127.0.0.1:4566', '/b/', 'b', undefined],
  ] as const)('The URL %s%s has the bucket %s and the key %s', ([host, url, bucket, key]) => {
    const request = read('GET', url, { host })

    expect([request.bucket, request.key]).toEqual([bucket, key])
  })

  test('A request to a website endpoint is recognized by its host', () => {
    const host = 'b.s3-website.localhost.example.cloud'

    expect(read('GET', '/a%20page', { host })).toMatchObject({ isWebsite: true, bucket: 'b', key: 'a page' })
    expect(read('GET', '/b/k').isWebsite).toBe(false)
  })
})

test('Conditions in the query of a presigned URL count as headers', () => {
  const request = read('PUT', '/b/k?X-Amz-Credential=test%2F2026&X-Amz-Signature=x&If-None-Match=*&versionId=v')

  expect(request).toMatchObject({ conditions: { ifNoneMatch: '*' }, inQuery: ['if-none-match'], isConditional: true })
  expect([...request.query.keys()]).toEqual(['versionId'])
})
