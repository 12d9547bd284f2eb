import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  error,
  later,
  options,
  owner,
  type Signing,
  secondUser,
  signed,
  verify,
  withHeaders,
} from '../../test/signing.ts'
import type { StoreRequest } from './message.ts'
import { verifyPayload } from './signature.ts'

describe('a Version 4 signature in the header', () => {
  test.each<[string, Signing]>([
    ['a plain key', {}],
    [
      'a key with special characters',
      { path: `/b/${['a b', '+', 'é', '日', "!'()*~", '%'].map(encodeURIComponent).join('/')}` },
    ],
    ['a key with dots and slashes', { path: '/b//a/../b/./c//' }],
    ['a key with lower-case escapes', { path: '/b/%c3%a9' }],
    ['a query', { query: { 'list-type': '2', prefix: 'a b/é+', delimiter: '/', 'continuation-token': '1/2+3==' } }],
    ['an empty sub-resource', { query: { uploads: '' } }],
    ['names that sort by their bytes', { query: { 'a-b': '1', a: '2', aB: '3', A: '4' } }],
    ['blanks in a header', { method: 'PUT', headers: { 'x-amz-meta-a': '  a   b  ' } }],
    ['a condition', { method: 'PUT', headers: { 'if-match': '"a"' } }],
    ['a directory bucket session', { service: 's3express', headers: { 'x-amz-s3session-token': 'token' } }],
  ])('A Version 4 signature is verified for %s', async (_, signing) => {
    expect(verify(await signed(signing))).toEqual({ who: 'owner' })
  })

  test('A Version 4 signature is verified for the second user', async () => {
    expect(verify(await signed({ credentials: secondUser }))).toEqual({ who: 'second user' })
  })

  test('A Version 4 signature is verified for a UTF-8 header, which Node decodes as Latin-1', async () => {
    const sent = await signed({ headers: { 'x-amz-meta-a': 'é' } })
    expect(verify(withHeaders(sent, { 'x-amz-meta-a': Buffer.from('é').toString('latin1') }))).toEqual({ who: 'owner' })
  })

  test.each(['aws-chunked', 'gzip,aws-chunked', 'aws-chunked,gzip', 'aws-chunked, gzip'])(
    'A Version 4 signature is verified for the content encoding %s, which the transport removes',
    async (encoding) => {
      const headers = { 'content-encoding': encoding, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
      const sent = await signed({ method: 'PUT', headers })
      const rest = encoding.includes('gzip') ? 'gzip' : undefined
      const arrived = { ...withHeaders(sent, { 'content-encoding': rest }), contentEncoding: encoding }
      expect(verify(arrived)).toEqual({ who: 'owner' })
    },
  )

  test.each<[string, (sent: StoreRequest) => StoreRequest]>([
    ['a different method', (sent) => ({ ...sent, method: 'DELETE' })],
    ['a different key', (sent) => ({ ...sent, url: '/b/l' })],
    ['a different query', (sent) => ({ ...sent, url: `${sent.url}?versionId=null` })],
    ['a different header', (sent) => withHeaders(sent, { 'if-match': '"b"' })],
    ['a missing header', (sent) => withHeaders(sent, { 'if-match': undefined })],
    ['a different hash', (sent) => withHeaders(sent, { 'x-amz-content-sha256': 'a'.repeat(64) })],
  ])('A Version 4 signature fails with 403 SignatureDoesNotMatch for %s', async (_, change) => {
    const sent = await signed({ headers: { 'if-match': '"a"' } })
    expect(() => verify(change(sent))).toThrow(error(403, 'SignatureDoesNotMatch'))
    expect(verify(change(sent), { verifySignatures: false })).toEqual({ who: 'owner' })
  })

  test('The 403 SignatureDoesNotMatch for another secret contains the string to sign', async () => {
    const sent = await signed({ credentials: { ...owner, secretAccessKey: 'other' } })
    const elements = expect.objectContaining({
      AWSAccessKeyId: 'test',
      CanonicalRequest: expect.stringMatching(/^GET\n\/b\/k\n\nhost:localhost:4570\n/),
      StringToSign: expect.stringMatching(
        /^AWS4-HMAC-SHA256\n20261125T101112Z\n20261125\/eu-west-1\/s3\/aws4_request\n/,
      ),
    })
    expect(() => verify(sent)).toThrow(error(403, 'SignatureDoesNotMatch', { elements }))
  })

  test('A Version 4 signature fails with 403 InvalidAccessKeyId for an unknown access key', async () => {
    const sent = await signed({ credentials: { accessKeyId: 'other', secretAccessKey: 'secret' } })
    expect(() => verify(sent)).toThrow(error(403, 'InvalidAccessKeyId', { elements: { AWSAccessKeyId: 'other' } }))
    expect(verify(sent, { verifySignatures: false })).toEqual({ who: 'owner' })
  })

  test.each([15 * 60 + 1, -15 * 60 - 1])(
    'A Version 4 signature fails with 403 RequestTimeTooSkewed when the clocks differ by %d seconds',
    async (seconds) => {
      const sent = await signed()
      const elements = expect.objectContaining({
        RequestTime: '20261125T101112Z',
        MaxAllowedSkewMilliseconds: '900000',
      })
      expect(() => verify(sent, later(seconds))).toThrow(error(403, 'RequestTimeTooSkewed', { elements }))
      expect(verify(sent, later(seconds - Math.sign(seconds)))).toEqual({ who: 'owner' })
    },
  )

  test('A request with an unsigned x-amz- header fails with 403 AccessDenied', async () => {
    const sent = withHeaders(await signed(), { 'x-amz-meta-a': '1' })
    expect(() => verify(sent)).toThrow(error(403, 'AccessDenied', { elements: { HeadersNotSigned: 'x-amz-meta-a' } }))
  })

  test.each([
    ['for another service', { service: 'sqs' }, {}],
    [
      'whose header has no signature',
      {},
      { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host' },
    ],
    ['for another day', {}, { 'x-amz-date': '20261126T000000Z' }],
    [
      'with another algorithm',
      {},
      { authorization: 'AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=b, Signature=c' },
    ],
  ])('A Version 4 signature %s fails with 400 AuthorizationHeaderMalformed', async (_, signing, headers) => {
    const sent = withHeaders(await signed(signing), headers)
    expect(() => verify(sent)).toThrow(error(400, 'AuthorizationHeaderMalformed'))
  })

  test('A request with an unsupported authorization type fails with 400 InvalidArgument', () => {
    const sent = { method: 'GET', url: '/b/k', headers: { authorization: 'Basic dGVzdDp0ZXN0' } }
    expect(() => verify(sent)).toThrow(error(400, 'InvalidArgument'))
    expect(verify(sent, { verifySignatures: false })).toEqual({ who: 'anonymous' })
  })

  test('A request without a signature is anonymous', () => {
    expect(verify({ method: 'GET', url: '/b/k', headers: {} })).toEqual({ who: 'anonymous' })
  })
})

describe('a hash of the body', () => {
  const hash = createHash('sha256').update('abc').digest('hex')
  const sent = (text: string) => ({
    method: 'PUT',
    url: '/b/k',
    headers: { authorization: 'AWS4-HMAC-SHA256 …', 'x-amz-content-sha256': text },
  })
  const body = Buffer.from('abc')

  test.each([hash, 'UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'])(
    'A request whose body hash is %s succeeds',
    (text) => {
      verifyPayload({ ...sent(text), body }, options)
    },
  )

  test('A request with the hash of another body fails with 400 XAmzContentSHA256Mismatch', () => {
    const wrong = { ...sent(hash), body: Buffer.from('abd') }
    expect(() => verifyPayload(wrong, options)).toThrow(error(400, 'XAmzContentSHA256Mismatch'))
    verifyPayload(wrong, { verifySignatures: false })
  })
})
