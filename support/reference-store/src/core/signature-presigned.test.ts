import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test } from 'vitest'
import { arrived, clientOf, error, later, NOW, owner, secondUser, verify, withHeaders } from '../../test/signing.ts'

describe('a presigned URL with a Version 4 signature', () => {
  const s3 = clientOf(owner)
  const at = { signingDate: NOW, expiresIn: 60 }
  const believing = { verifySignatures: false }
  const get = (Key = 'k', client = s3) => getSignedUrl(client, new GetObjectCommand({ Bucket: 'b', Key }), at)
  const presigned = (more = {}) => ({ version: 4, presigned: { inQuery: [], leftOut: [], added: [], ...more } })

  test.each(['k', 'a b+c', 'é', '日/😀', "!'()*~", '%', 'a//b'])(
    'A presigned URL is verified for the key %s',
    async (key) => {
      expect(verify(arrived(await get(key), 'GET'), believing)).toEqual({ who: 'owner', signature: presigned() })
    },
  )

  test('A presigned URL is verified for the second user', async () => {
    expect(verify(arrived(await get('k', clientOf(secondUser)), 'GET'))).toMatchObject({ who: 'second user' })
  })

  test('A presigned URL is verified with headers that the SDK moves into the query', async () => {
    const command = new DeleteObjectCommand({ Bucket: 'b', Key: 'k', IfMatchSize: 4 })
    const signature = presigned({ inQuery: ['x-amz-if-match-size'] })
    expect(verify(arrived(await getSignedUrl(s3, command, at), 'DELETE'))).toEqual({ who: 'owner', signature })
  })

  test('A presigned URL is verified if its signed condition was sent, and a condition that was not sent is reported', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'b', Key: 'k', IfNoneMatch: '*' }), at)

    expect(verify(arrived(url, 'PUT', { 'if-none-match': '*' }))).toEqual({ who: 'owner', signature: presigned() })
    expect(verify(arrived(url, 'PUT')).signature).toEqual(presigned({ leftOut: ['if-none-match'] }))
    expect(() => verify(arrived(url, 'PUT', { 'if-none-match': 'x' }))).toThrow(error(403, 'SignatureDoesNotMatch'))
  })

  test('The signature of a presigned URL lists unsigned headers, except a hash of the body', async () => {
    const headers = {
      'x-amz-meta-a': '1',
      'if-match': '"a"',
      accept: '*/*',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    }
    const { signature } = verify(arrived(await get(), 'GET', headers))
    expect(signature).toEqual(presigned({ added: ['x-amz-meta-a', 'if-match'] }))
  })

  test('A presigned URL with an unsigned or missing header fails before the rules are evaluated if its operation cannot be conditional', async () => {
    const url = await getSignedUrl(s3, new ListObjectsV2Command({ Bucket: 'b' }), at)
    const all = arrived(url, 'GET')

    expect(verify(all).signature).toEqual(presigned())
    expect(() => verify(withHeaders(all, { 'x-amz-a': '1' }))).toThrow(error(403, 'AccessDenied'))
    expect(() => verify(withHeaders(all, { host: undefined }))).toThrow(error(403, 'SignatureDoesNotMatch'))
  })

  test('A presigned URL fails with 403 SignatureDoesNotMatch for another key, method, host or secret', async () => {
    const url = await get()
    const other = await get('k', clientOf({ ...owner, secretAccessKey: 'other' }))
    const all = [
      arrived(url.replace('/b/k', '/b/l'), 'GET'),
      arrived(url, 'PUT'),
      arrived(url.replace('localhost', '127.0.0.1'), 'GET'),
      arrived(other, 'GET'),
    ]
    for (const sent of all) expect(() => verify(sent, believing)).toThrow(error(403, 'SignatureDoesNotMatch'))
  })

  test('A presigned URL is never verified for a preflight', async () => {
    expect(verify(arrived(await get(), 'OPTIONS'))).toEqual({ who: 'owner' })
    expect(verify(arrived((await get()).replace('X-Amz-Date', 'a'), 'OPTIONS'))).toEqual({ who: 'owner' })
  })

  test('A presigned URL fails with 403 AccessDenied when it has expired', async () => {
    const sent = arrived(await get(), 'GET')
    const elements = { 'X-Amz-Expires': '60', Expires: '2026-11-25T10:12:12Z', ServerTime: '2026-11-25T10:12:13Z' }
    expect(verify(sent, later(60))).toMatchObject({ who: 'owner' })
    expect(() => verify(sent, later(61))).toThrow(
      error(403, 'AccessDenied', { message: 'Request has expired', elements }),
    )
  })

  test('A presigned URL fails with 403 InvalidAccessKeyId for an unknown access key', async () => {
    const url = await get('k', clientOf({ ...owner, accessKeyId: 'other' }))
    expect(() => verify(arrived(url, 'GET'), believing)).toThrow(error(403, 'InvalidAccessKeyId'))
  })

  test.each([
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-SignedHeaders',
    'X-Amz-Expires',
    'X-Amz-Signature',
  ])('A presigned URL fails with 400 AuthorizationQueryParametersError without %s', async (name) => {
    const url = new URL(await get())
    url.searchParams.delete(name)
    expect(() => verify(arrived(url.href, 'GET'))).toThrow(error(400, 'AuthorizationQueryParametersError'))
  })

  test.each([
    ['X-Amz-Algorithm', 'MD5'],
    ['X-Amz-Credential', 'test'],
    ['X-Amz-Credential', 'test/20261125/us-east-1/sqs/aws4_request'],
    ['X-Amz-Credential', 'test/20261126/us-east-1/s3/aws4_request'],
    ['X-Amz-Date', '2026-11-25'],
    ['X-Amz-Expires', 'a'],
    ['X-Amz-Expires', '-1'],
    ['X-Amz-Expires', '604801'],
  ])('A presigned URL fails with 400 AuthorizationQueryParametersError for %s=%s', async (name, value) => {
    const url = new URL(await get())
    url.searchParams.set(name, value)
    expect(() => verify(arrived(url.href, 'GET'))).toThrow(error(400, 'AuthorizationQueryParametersError'))
  })

  test('A presigned URL fails with 400 InvalidArgument if the request also has an Authorization header', async () => {
    const sent = arrived(await get(), 'GET', { authorization: 'AWS4-HMAC-SHA256 …' })
    expect(() => verify(sent)).toThrow(error(400, 'InvalidArgument'))
  })
})
