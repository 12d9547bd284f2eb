import { readdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { isChunked, spool, unchunked } from './reference-body'
import { newFaults, readFault } from './reference-faults'
import { newLocks } from './reference-locks'
import { newBuckets, readPolicy } from './reference-policy'
import { pathOf, readCall } from './reference-request'
import { escaped, newTags, unescaped } from './reference-tags'
import { newUploads } from './reference-uploads'

const called = (method: string, url: string, headers: Record<string, string> = {}) =>
  readCall({ method, url, headers: { host: '127.0.0.1:4566', ...headers } } as unknown as IncomingMessage)
const signedBy = (key: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/s3/aws4_request`,
})

describe('a request', () => {
  test.for([
    ['GET', '/b/k', '', 'GetObject'],
    ['HEAD', '/b/k', '', 'HeadObject'],
    ['GET', '/b/k?acl', '', undefined],
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
    ['PUT', '/b', '', undefined],
  ] as const)('%s %s %s is %s', ([method, url, header, operation]) => {
    expect(called(method, url, header ? { [header]: '/b/s' } : {}).operation).toBe(operation)
  })

  test.for([
    ['127.0.0.1:4566', '/b/a%20b/c', 'b', 'a b/c'],
    ['localhost:4566', '/b/k', 'b', 'k'],
    ['b.localhost:4566', '/k', 'b', 'k'],
    ['b.c.s3.localhost.example.cloud:4566', '/k', 'b.c', 'k'],
    ['127.0.0.1:4566', '/b--x-s3//k', 'b--x-s3', 'k'],
    ['127.0.0.1:4566', '/b//k', 'b', '/k'],
    ['127.0.0.1:4566', '/b/', 'b', undefined],
  ] as const)('to %s%s is about %s, %s', ([host, url, bucket, key]) => {
    const call = called('GET', url, { host })
    expect([call.bucket, call.key]).toEqual([bucket, key])
  })

  test('to a website is known by its host', () => {
    const call = called('GET', '/a%20page', { host: 'b.s3-website.localhost.example.cloud' })
    expect([call.isWebsite, call.bucket, call.key, pathOf(call)]).toEqual([true, 'b', 'a page', '/a%20page'])
  })

  test('has the conditions that stand in the query of a presigned URL, which are not sent on', () => {
    const call = called('PUT', '/b/k?X-Amz-Credential=test%2F2026&X-Amz-Signature=x&If-None-Match=*&versionId=v')
    expect([call.conditions, call.inQuery, pathOf(call)]).toEqual([
      { ifNoneMatch: '*' },
      ['if-none-match'],
      '/b/k?versionId=v',
    ])
  })

  test.for([
    [signedBy('test'), 'owner'],
    [signedBy('guest'), 'guest'],
    [{}, 'anonymous'],
  ] as const)('with %j is that of the %s', ([headers, who]) => {
    expect(called('GET', '/b/k', headers).who).toBe(who)
  })
})

describe('a body', () => {
  const bytes = async (from: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = []
    for await (const chunk of from) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  async function* of(...chunks: string[]) {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith('s3cr-body-'))

  test('is kept in memory, and beyond a size in a file, which goes', async () => {
    const small = await spool(of('abc', 'def'), 10)
    expect([small.size, await bytes(small.stream())]).toEqual([6, 'abcdef'])

    const before = files().length
    const large = await spool(of('abc', 'def', 'ghi'), 5)
    expect([large.size, files().length, await bytes(large.stream()), await bytes(large.stream())]).toEqual([
      9,
      before + 1,
      'abcdefghi',
      'abcdefghi',
    ])
    await large.discard()
    expect(files().length).toBe(before)
  })

  test('that breaks off leaves nothing', async () => {
    const before = files().length
    async function* broken() {
      yield Buffer.from('abcdef')
      throw new Error('gone')
    }
    await expect(spool(broken(), 2)).rejects.toThrow('gone')
    expect(files().length).toBe(before)
  })

  test('of aws-chunked is read wherever it is cut', async () => {
    const text = '3;chunk-signature=x\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'
    for (const size of [1, 2, 3, 7, 100]) {
      const cut = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? []
      expect(await bytes(unchunked(of(...cut)))).toBe('abcde')
    }
    expect(isChunked({ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' })).toBe(true)
  })
})

test('locks are held one after the other, and by nobody for two of whom each waits for the other', async () => {
  const { holding } = newLocks()
  const seen: string[] = []
  const work = (name: string) => async () => {
    seen.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    seen.push(`${name} ends`)
  }

  await Promise.all([holding(['a', 'b'], work('1')), holding(['b', 'a', 'b'], work('2')), holding(['b'], work('3'))])
  await expect(holding(['a'], () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await holding(['a'], work('4'))

  expect(seen.map((line) => line.split(' ')[1])).toEqual(Array.from({ length: 4 }, () => ['begins', 'ends']).flat())
})

test('an upload knows what has become of its key and of itself', () => {
  const uploads = newUploads()
  uploads.created('u', 'b', 'k', true)
  uploads.changed('b', 'other')
  expect(uploads.find('u')).toMatchObject({ state: 'in progress', keyHeldObject: true, keyChangedSince: false })
  uploads.changed('b', 'k')
  uploads.refused('u', 412)
  expect(uploads.find('u')).toMatchObject({ keyChangedSince: true, refusedWith: 412 })
  uploads.completed('u', { headers: {}, body: 'said' })
  uploads.aborted('u')
  expect(uploads.find('u')).toMatchObject({ state: 'completed', answer: { body: 'said' } })
})

describe('a fault', () => {
  test('is met as often as was asked for', () => {
    const faults = newFaults([readFault('lost-answer:PutObject:key=a:b:2'), readFault('latency:*:5ms')])
    const met = (operation: string, key: string) => faults.meet(operation, [key]).map(({ fault }) => fault)

    expect(met('PutObject', 'other')).toEqual(['latency'])
    expect([met('PutObject', 'a:b'), met('PutObject', 'a:b'), met('PutObject', 'a:b')]).toEqual([
      ['lost-answer', 'latency'],
      ['lost-answer', 'latency'],
      ['latency'],
    ])
    faults.clear()
    expect(met('PutObject', 'a:b')).toEqual([])
  })

  test.for([
    ['explosion:PutObject', 'must begin with one of conflict'],
    ['conflict:put', 'an operation by its name in the SDK'],
    ['latency:*', 'latency needs a time'],
    ['conflict:*:5ms', 'only latency has a time'],
    ['conflict:*:soon', '“soon” is neither'],
    ['conflict:*:key=', 'the key is empty'],
  ] as const)('%s is none: %s', ([text, why]) => {
    expect(() => readFault(text)).toThrow(why)
  })
})

describe('a policy', () => {
  const allow = (more: object) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
    ...more,
  })
  const withPolicy = (...Statement: object[]) => {
    const buckets = newBuckets()
    const policy = readPolicy(JSON.stringify({ Statement }))
    if ('status' in policy) throw new Error(policy.message)
    buckets.setPolicy('b', policy)
    return (method: string, url: string, headers = {}) => buckets.access(called(method, url, headers))
  }

  test('lets everybody get, nobody list, and the owner do all', () => {
    const access = withPolicy(allow({}))

    expect(access('GET', '/b/k')).toMatchObject({ caller: { mayGet: true, mayList: false } })
    expect(access('PUT', '/b/k').refused?.status).toBe(403)
    expect(access('GET', '/b?list-type=2').refused?.status).toBe(403)
    expect(access('PUT', '/b/k', signedBy('test')).refused).toBeUndefined()
  })

  test('that denies binds the owner, too', () => {
    const access = withPolicy(allow({}), allow({ Effect: 'Deny', Resource: 'arn:aws:s3:::b/secret/*' }))

    expect(access('GET', '/b/secret/k', signedBy('test')).refused?.status).toBe(403)
    expect(access('GET', '/b/k', signedBy('guest')).refused).toBeUndefined()
  })

  test('that cannot be evaluated is not taken', () => {
    const not = { Effect: 'Deny', NotPrincipal: '*', Action: 's3:*', Resource: '*' }
    expect(readPolicy(JSON.stringify({ Statement: not }))).toMatchObject({ status: 501 })
    expect(readPolicy('{')).toMatchObject({ status: 400, code: 'MalformedPolicy' })
  })
})

test('an entity tag that is no MD5 is that of one write', () => {
  const tags = newTags()
  const place = { bucket: 'b--x-s3', key: 'a&b', isDirectory: true, headers: {} }
  const stored = { etag: '"0cc175b9c0f1b6a831c399e269772661"' }
  const [one, two] = [tags.written(place, stored), tags.written(place, stored)].map(({ headers }) => headers.etag)

  expect(one).not.toBe(two)
  expect(tags.read('b--x-s3', 'a&b', stored).etag).toBe(two)
  expect(tags.read('b--x-s3', 'other', stored).etag).toBe(stored.etag)
  const listed = '<Contents><Key>a&amp;b</Key><ETag>"0cc175b9c0f1b6a831c399e269772661"</ETag></Contents>'
  expect(tags.listed('b--x-s3', listed)).toContain(`<ETag>${two}</ETag>`)
  expect(unescaped(escaped('<&"\'>'))).toBe('<&"\'>')
})
