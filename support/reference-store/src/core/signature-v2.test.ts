import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { arrived, error, later, NOW, options, owner, verify, withHeaders } from '../../test/signing.ts'
import type { StoreRequest } from './message.ts'
import { readRequest } from './request.ts'
import { verifySignature } from './signature.ts'

describe('a Version 2 signature', () => {
  // Examples from "Signing and Authenticating REST Requests" in the S3 documentation, with the bucket in the host name.
  const example = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const verifyExample = (sent: StoreRequest, now: string) =>
    verifySignature({ ...readRequest(sent), bucket: 'johnsmith' }, sent, {
      ...options,
      owner: example,
      now: () => new Date(now),
    })
  const host = 'johnsmith.s3.amazonaws.com'

  test.each([
    ['GET', '/photos/puppy.jpg', 'Tue, 27 Mar 2007 19:36:42 +0000', {}, 'bWq2s1WEIj+Ydj0vQ697zp+IXMU='],
    [
      'PUT',
      '/photos/puppy.jpg',
      'Tue, 27 Mar 2007 21:15:45 +0000',
      { 'content-type': 'image/jpeg', 'content-length': '94328' },
      'MyyxeRY7whkBe+bq8fHCL/2kKUg=',
    ],
    [
      'GET',
      '/?prefix=photos&max-keys=50&marker=puppy',
      'Tue, 27 Mar 2007 19:42:41 +0000',
      {},
      'htDYFYduRNen8P9ZfE/s9SuKy0U=',
    ],
    ['GET', '/?acl', 'Tue, 27 Mar 2007 19:44:46 +0000', {}, 'c2WLPFtWHVgbEmeEG93a4cG37dM='],
  ])("A Version 2 signature is verified for Amazon's example %s %s", (method, url, date, headers, signature) => {
    const authorization = `AWS ${example.accessKeyId}:${signature}`
    const sent = { method, url, headers: { host, date, authorization, ...headers } }

    expect(verifyExample(sent, date)).toEqual({ who: 'owner', signature: { version: 2 } })
    expect(() => verifyExample({ ...sent, method: 'DELETE' }, date)).toThrow(error(403, 'SignatureDoesNotMatch'))
    expect(() => verifyExample(sent, '2007-03-28')).toThrow(error(403, 'RequestTimeTooSkewed'))
  })

  test("A Version 2 signature is verified for Amazon's example URL", () => {
    const url = `/photos/puppy.jpg?AWSAccessKeyId=${example.accessKeyId}&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D`
    const sent = { method: 'GET', url, headers: { host } }

    expect(verifyExample(sent, '2007-03-28T00:00:00Z')).toEqual({ who: 'owner', signature: { version: 2 } })
    const elements = { Expires: '2007-03-29T03:40:20Z', ServerTime: '2007-03-29T03:40:21Z' }
    expect(() => verifyExample(sent, '2007-03-29T03:40:21Z')).toThrow(
      error(403, 'AccessDenied', { message: 'Request has expired', elements }),
    )
  })

  test('A Version 2 signature is verified with the slash after the bucket that boto3 signs but does not send', () => {
    const date = NOW.toUTCString()
    const sign = (path: string) =>
      createHmac('sha1', owner.secretAccessKey).update(['GET', '', '', date, path].join('\n')).digest('base64')
    const sent = (url: string, path: string) => ({
      method: 'GET',
      url,
      headers: { host: 'localhost', date, authorization: `AWS test:${sign(path)}` },
    })

    expect(verify(sent('/b?list-type=2', '/b/'))).toMatchObject({ who: 'owner' })
    expect(() => verify(sent('/b/k', '/b/k/'))).toThrow(error(403, 'SignatureDoesNotMatch'))
  })

  /** Creates a presigned URL as boto3 does, with the `x-amz-` headers as query parameters. */
  function url2(method: string, path: string, query: Record<string, string> = {}, secret = owner.secretAccessKey) {
    const expires = String(NOW.getTime() / 1000 + 60)
    const amazon = Object.keys(query)
      .filter((name) => name.startsWith('x-amz-'))
      .sort()
    const toSign = [
      method,
      query['content-md5'] ?? '',
      query['content-type'] ?? '',
      expires,
      ...amazon.map((name) => `${name}:${query[name]}`),
      `${path}${query.versionId === undefined ? '' : `?versionId=${query.versionId}`}`,
    ].join('\n')
    const Signature = createHmac('sha1', secret).update(toSign).digest('base64')
    const all = { ...query, AWSAccessKeyId: owner.accessKeyId, Signature, Expires: expires }
    const pairs = Object.entries(all).map((pair) => pair.map(encodeURIComponent).join('='))
    return `http://localhost:4570${path}?${pairs.join('&')}`
  }

  const believing = { verifySignatures: false }
  const result = { who: 'owner', signature: { version: 2 } }

  test.each([
    ['a key', 'GET', '/b/k', {}],
    ['a non-ASCII key', 'GET', `/b/${encodeURIComponent('日')}`, {}],
    ['a sub-resource', 'GET', '/b/k', { versionId: 'a+b/c' }],
    ['headers in the query', 'PUT', '/b/k', { 'x-amz-meta-b': '—', 'x-amz-meta-a': '1', 'content-type': 'text/plain' }],
  ])('A presigned URL with a Version 2 signature is verified for %s', (_, method, path, query) => {
    expect(verify(arrived(url2(method, path, query as Record<string, string>), method), believing)).toEqual(result)
  })

  test('A presigned URL fails with 403 SignatureDoesNotMatch for another secret, method, key or header', () => {
    const url = url2('PUT', '/b/k')
    const all = [
      arrived(url2('PUT', '/b/k', {}, 'other'), 'PUT'),
      arrived(url, 'GET'),
      arrived(url.replace('/b/k', '/b/l'), 'PUT'),
      arrived(url, 'PUT', { 'x-amz-meta-a': '1' }),
      arrived(url, 'PUT', { 'content-type': 'text/plain' }),
    ]
    expect(verify(arrived(url, 'PUT'), believing)).toEqual(result)
    for (const sent of all) expect(() => verify(sent, believing)).toThrow(error(403, 'SignatureDoesNotMatch'))
  })

  test('A presigned URL fails with 403 AccessDenied when it has expired', () => {
    const sent = arrived(url2('GET', '/b/k'), 'GET')
    expect(verify(sent, { ...believing, ...later(60) })).toEqual(result)
    expect(() => verify(sent, { ...believing, ...later(61) })).toThrow(error(403, 'AccessDenied'))
  })

  test.each(['Expires', 'Signature', 'AWSAccessKeyId'])(
    'A presigned URL fails with 403 AccessDenied without %s',
    (name) => {
      const url = new URL(url2('GET', '/b/k'))
      url.searchParams.delete(name)
      const message = 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters'
      expect(() => verify(arrived(url.href, 'GET'), believing)).toThrow(error(403, 'AccessDenied', { message }))
    },
  )

  test('A presigned URL fails with 403 InvalidAccessKeyId for an unknown access key', () => {
    const url = url2('GET', '/b/k').replace('AWSAccessKeyId=test', 'AWSAccessKeyId=other')
    expect(() => verify(arrived(url, 'GET'), believing)).toThrow(error(403, 'InvalidAccessKeyId'))
  })

  test('A Version 2 signature in the header is verified only with verifySignatures', () => {
    const headers = { date: NOW.toUTCString(), authorization: 'AWS guest:x' }
    const sent = { method: 'GET', url: '/b/k', headers }
    expect(verify(sent, believing)).toEqual({ who: 'second user', signature: { version: 2 } })
    expect(() => verify(sent)).toThrow(error(403, 'SignatureDoesNotMatch'))
    expect(() => verify(withHeaders(sent, { date: undefined }))).toThrow(error(403, 'AccessDenied'))
  })
})
