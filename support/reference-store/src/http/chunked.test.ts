import { describe, expect, test } from 'vitest'
import { newChunkVerifier } from '../core/chunk-signature.ts'
import { isChunked, newChunkedDecoder, withoutChunked } from './chunked.ts'

interface Decoding {
  readonly length: number
  readonly trailers?: readonly string[]
  readonly verifier?: ReturnType<typeof newChunkVerifier>
}

function decode(pieces: readonly Buffer[], options: Decoding) {
  const got: Buffer[] = []
  const decoder = newChunkedDecoder({ ...options, write: (bytes) => void got.push(Buffer.from(bytes)) })
  for (const piece of pieces) decoder.push(piece)
  const trailers = decoder.end()
  return { body: Buffer.concat(got).toString('latin1'), trailers }
}

const whole = (text: string, options: Decoding) => decode([Buffer.from(text, 'latin1')], options)

const CHECKSUM = 'x-amz-checksum-crc32'
const LARGE = 'é'.repeat(8192)

describe('aws-chunked', () => {
  test.each<[string, string, Decoding, string, Record<string, string>]>([
    ['a chunk', '3\r\nabc\r\n0\r\n\r\n', { length: 3 }, 'abc', {}],
    ['an empty body', '0\r\n\r\n', { length: 0 }, '', {}],
    [
      'a chunk extension',
      'A;chunk-signature=ab12\r\n0123\r\n6789\r\n0;chunk-signature=00\r\n\r\n',
      { length: 10 },
      '0123\r\n6789',
      {},
    ],
    ['two chunks', `2000\r\n${LARGE}\r\n1\r\nz\r\n0\r\n\r\n`, { length: 8193 }, `${LARGE}z`, {}],
    [
      'a trailer',
      `3\r\nabc\r\n0\r\n${CHECKSUM}:NSRBwg==\r\n\r\n`,
      { length: 3, trailers: [CHECKSUM] },
      'abc',
      { [CHECKSUM]: 'NSRBwg==' },
    ],
    [
      'the trailer of minio-go',
      `3\r\nabc\r\n0\r\n${CHECKSUM}:NSRBwg==\n\r\nx-amz-trailer-signature:00\r\n\r\n`,
      { length: 3, trailers: [CHECKSUM] },
      'abc',
      { [CHECKSUM]: 'NSRBwg==' },
    ],
    [
      'trailers in any case',
      `0\r\nX-Amz-Checksum-Crc32: AAAAAA== \r\nx-amz-meta-a:1\r\n\r\n`,
      { length: 0, trailers: ['x-amz-meta-a', CHECKSUM] },
      '',
      { [CHECKSUM]: 'AAAAAA==', 'x-amz-meta-a': '1' },
    ],
  ])('The decoder decodes input that is split at any position: %s', (_, text, options, body, trailers) => {
    const bytes = Buffer.from(text, 'latin1')
    for (let at = 0; at <= bytes.length; at++) {
      expect(decode([bytes.subarray(0, at), bytes.subarray(at)], options)).toEqual({ body, trailers })
    }
    expect(
      decode(
        [...bytes].map((byte) => Buffer.from([byte])),
        options,
      ),
    ).toEqual({ body, trailers })
  })

  test.each([
    ['a size that is not a number', 'x\r\nabc\r\n0\r\n\r\n'],
    ['an empty size', '\r\nabc\r\n0\r\n\r\n'],
    ['a negative size', '-3\r\nabc\r\n0\r\n\r\n'],
    ['a line that ends with only a line feed', '3\nabc\r\n0\r\n\r\n'],
    ['data that is longer than its size', '3\r\nabcd\r\n0\r\n\r\n'],
    ['data that is shorter than its size', '3\r\nab\r\n0\r\n\r\n'],
    ['no last chunk', '3\r\nabc\r\n'],
    ['no empty line at the end', '3\r\nabc\r\n0\r\n'],
    ['an incomplete chunk', '3\r\na'],
    ['an empty body', ''],
    ['fewer bytes than declared', '2\r\nab\r\n0\r\n\r\n'],
    ['more bytes than declared', '4\r\nabcd\r\n0\r\n\r\n'],
    ['a size that is too large', `${'f'.repeat(14)}\r\nabc`],
    ['a chunk header without an end', `3;${'a'.repeat(2000)}`],
  ])('The decoder fails with 400 IncompleteBody for %s', (_, text) => {
    const error = expect.objectContaining({ status: 400, code: 'IncompleteBody' })
    expect(() => whole(text, { length: 3 })).toThrow(error)
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]))
    expect(() => decode(bytes, { length: 3 })).toThrow(error)
  })

  test.each([
    ['that was not announced', '0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', []],
    ['that is missing', '0\r\n\r\n', [CHECKSUM]],
    ['without a colon', '0\r\nx-amz-checksum-crc32\r\n\r\n', [CHECKSUM]],
    ['that never ends', `0\r\n${'a'.repeat(20_000)}`, [CHECKSUM]],
  ])('A trailer %s fails with 400 MalformedTrailerError', (_, text, trailers) => {
    expect(() => whole(text, { length: 0, trailers })).toThrow(
      expect.objectContaining({ status: 400, code: 'MalformedTrailerError' }),
    )
  })

  test.each([
    [{ 'content-encoding': 'aws-chunked' }, true, {}],
    [{ 'content-encoding': 'gzip, AWS-Chunked' }, true, { 'content-encoding': 'gzip' }],
    [{ 'content-encoding': 'aws-chunked,gzip,br' }, true, { 'content-encoding': 'gzip,br' }],
    [{ 'content-encoding': 'gzip , br' }, false, { 'content-encoding': 'gzip , br' }],
    [{ etag: '"a"' }, false, { etag: '"a"' }],
  ])(
    'aws-chunked is recognized and removed if the headers %j contain it',
    (headers: Record<string, string>, is, without) => {
      expect(isChunked(headers)).toBe(is)
      expect(withoutChunked(headers)).toEqual(without)
      expect(isChunked({ ...headers, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' })).toBe(true)
    },
  )
})

describe('signed chunks', () => {
  // The example from the AWS documentation, "Signature Calculations for the Authorization Header: Transferring Payload
  // in Multiple Chunks".
  const owner = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const options = { owner, secondUser: { accessKeyId: 'b', secretAccessKey: 'b' }, verifySignatures: true }
  const seed = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${owner.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=${seed}`,
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  }
  const request = { method: 'PUT', url: '/examplebucket/chunkObject.txt', headers }
  const SIGNATURES = [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ]
  const bodyOf = ([a, b, c] = SIGNATURES, letter = 'a') =>
    [
      `10000;chunk-signature=${a}\r\n${letter.repeat(65_536)}\r\n`,
      `400;chunk-signature=${b}\r\n${'a'.repeat(1024)}\r\n`,
      `0;chunk-signature=${c}\r\n\r\n`,
    ].join('')
  const decoded = (text: string) => whole(text, { length: 66_560, verifier: newChunkVerifier(request, options) })

  test("The chunks in Amazon's example are verified", () => {
    expect(decoded(bodyOf()).body).toHaveLength(66_560)
  })

  test.each([
    ['a wrong signature for the first chunk', ['0', ...SIGNATURES.slice(1)]],
    ['a wrong signature for the second chunk', [SIGNATURES[0], '0', SIGNATURES[2]]],
    ['a wrong signature for the last chunk', [SIGNATURES[0], SIGNATURES[1], '0']],
    ['no signature for the second chunk', [SIGNATURES[0], '', SIGNATURES[2]]],
  ])('A body with %s fails with 403 SignatureDoesNotMatch', (_, signatures) => {
    expect(() => decoded(bodyOf(signatures as string[]))).toThrow(
      expect.objectContaining({ status: 403, code: 'SignatureDoesNotMatch' }),
    )
  })

  test('A tampered chunk fails with 403 SignatureDoesNotMatch', () => {
    expect(() => decoded(bodyOf(SIGNATURES, 'b'))).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch' }))
  })

  test("The trailer in Amazon's example is verified", () => {
    const signed = newChunkVerifier(
      {
        ...request,
        headers: {
          ...headers,
          authorization: headers.authorization.replace(
            seed,
            '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
          ),
          'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
        },
      },
      options,
    )
    const bodyWith = (signature: string) =>
      [
        `10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n${'a'.repeat(65_536)}\r\n`,
        `400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n${'a'.repeat(1024)}\r\n`,
        '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n',
        `x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
      ].join('')
    const options2 = { length: 66_560, trailers: ['x-amz-checksum-crc32c'], verifier: signed }

    const right = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435'
    expect(whole(bodyWith(right), options2).trailers).toEqual({ 'x-amz-checksum-crc32c': 'sOO8/Q==' })
  })

  test('Chunks are not verified if they are unsigned, or without verifySignatures', () => {
    const unsigned = { ...headers, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
    expect(newChunkVerifier({ ...request, headers: unsigned }, options)).toBeUndefined()
    expect(newChunkVerifier(request, { ...options, verifySignatures: false })).toBeUndefined()
  })
})
