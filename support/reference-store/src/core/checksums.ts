import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Headers, S3Error } from './message.ts'
import { ALGORITHMS, type Algorithm, type Checksum, type StoredObject, type StoredPart } from './stored.ts'
import { invalidRequest, notImplemented } from './values.ts'

export const headerOf = (algorithm: Algorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`

export const elementOf = (algorithm: Algorithm) => `Checksum${algorithm}`

export function checksumElements(checksum: Checksum | undefined, hasType = true) {
  if (!checksum) return {}
  return { [elementOf(checksum.algorithm)]: checksum.value, ...(hasType && { ChecksumType: checksum.type }) }
}

function digest(algorithm: string, chunks: readonly Buffer[]): Buffer {
  const hash = createHash(algorithm)
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest()
}

/** Returns the MD5 digest of the chunks in lower-case hex. */
export function md5Of(chunks: readonly Buffer[]): string {
  return digest('md5', chunks).toString('hex')
}

/** Returns the checksum of the chunks in Base64. */
export function checksumOf(algorithm: Algorithm, chunks: readonly Buffer[]): string {
  if (!algorithm.startsWith('CRC')) return digest(algorithm.toLowerCase(), chunks).toString('base64')
  if (algorithm === 'CRC64NVME') return crc64nvme(chunks).toString('base64')
  const word = Buffer.alloc(4)
  word.writeUInt32BE(algorithm === 'CRC32' ? chunks.reduce((sum, chunk) => crc32(chunk, sum), 0) : crc32c(chunks))
  return word.toString('base64')
}

/** The lookup table for the reflected Castagnoli polynomial. */
const CRC32C = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value >>> 0
})

function crc32c(chunks: readonly Buffer[]): number {
  let crc = 0xffffffff
  for (const chunk of chunks) for (const byte of chunk) crc = ((CRC32C[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)) >>> 0
  return (crc ^ 0xffffffff) >>> 0
}

/**
 * The lookup table for the reflected NVMe polynomial. Each entry is split into two 32-bit halves, because arithmetic
 * on numbers is faster than on BigInts.
 */
const CRC64 = Array.from({ length: 256 }, (_, n) => {
  let [high, low] = [0, n]
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = low & 1
    low = ((low >>> 1) | (high << 31)) >>> 0
    high = high >>> 1
    if (isOdd) [high, low] = [(high ^ 0x9a6c9329) >>> 0, (low ^ 0xac4bc9b5) >>> 0]
  }
  return [high, low] as const
})
const CRC64_HIGH = Uint32Array.from(CRC64, ([high]) => high)
const CRC64_LOW = Uint32Array.from(CRC64, ([, low]) => low)

function crc64nvme(chunks: readonly Buffer[]): Buffer {
  let [high, low] = [0xffffffff, 0xffffffff]
  for (const chunk of chunks) {
    for (const byte of chunk) {
      const index = (low ^ byte) & 0xff
      low = (((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] ?? 0)) >>> 0
      high = ((high >>> 8) ^ (CRC64_HIGH[index] ?? 0)) >>> 0
    }
  }
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0)
  bytes.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4)
  return bytes
}

/** Checksum algorithms that Amazon S3 supports but this store does not. */
const UNSUPPORTED = ['XXHASH64', 'XXHASH3', 'XXHASH128']

const unsupported = (name: string) =>
  notImplemented(`This store does not support the checksum algorithm ${name}. Use one of ${ALGORITHMS.join(', ')}.`)

/**
 * Returns the checksum in a request's headers or trailers.
 * @throws S3Error 400 InvalidRequest for more than one checksum; 501 for an unsupported algorithm
 */
export function sentChecksum(headers: Headers): { algorithm: Algorithm; value: string } | undefined {
  const other = UNSUPPORTED.find((name) => headers[`x-amz-checksum-${name.toLowerCase()}`] !== undefined)
  if (other) throw unsupported(other)
  const [algorithm, another] = ALGORITHMS.filter((one) => headers[headerOf(one)] !== undefined)
  if (another) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  }
  return algorithm && { algorithm, value: headers[headerOf(algorithm)] ?? '' }
}

/**
 * Returns the algorithm in the header `x-amz-checksum-algorithm` or `x-amz-sdk-checksum-algorithm`.
 * @throws S3Error 400 InvalidRequest for an unknown algorithm; 501 for one that this store does not support
 */
export function requestedAlgorithm(headers: Headers): Algorithm | undefined {
  const name = (headers['x-amz-checksum-algorithm'] ?? headers['x-amz-sdk-checksum-algorithm'])?.toUpperCase()
  if (name === undefined) return undefined
  const algorithm = ALGORITHMS.find((one) => one === name)
  if (algorithm) return algorithm
  if (UNSUPPORTED.includes(name)) throw unsupported(name)
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  )
}

export function fullChecksum(algorithm: Algorithm, body: readonly Buffer[]): Checksum {
  return { algorithm, value: checksumOf(algorithm, body), type: 'FULL_OBJECT' }
}

const badDigest = (message: string, elements = {}) => new S3Error(400, 'BadDigest', message, { elements })

/**
 * Verifies a body against Content-MD5 and against the checksum in the headers.
 * @returns the checksum to store; undefined if the request has no checksum
 * @throws S3Error 400 InvalidDigest, InvalidRequest or BadDigest
 */
export function verifiedChecksum(headers: Headers, body: readonly Buffer[]): Checksum | undefined {
  const md5 = headers['content-md5']
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) {
      const elements = { 'Content-MD5': md5 }
      throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', { elements })
    }
    const calculated = digest('md5', body).toString('base64')
    if (calculated !== md5) {
      const elements = { ExpectedDigest: md5, CalculatedDigest: calculated }
      throw badDigest('The Content-MD5 you specified did not match what we received.', elements)
    }
  }
  const sent = sentChecksum(headers)
  const algorithm = sent?.algorithm ?? requestedAlgorithm(headers)
  if (!algorithm) return undefined
  const checksum = fullChecksum(algorithm, body)
  if (sent && Buffer.from(sent.value, 'base64').length !== Buffer.from(checksum.value, 'base64').length) {
    throw invalidRequest(`Value for ${headerOf(algorithm)} header is invalid.`)
  }
  if (sent && sent.value !== checksum.value) {
    throw badDigest(`The ${algorithm} you specified did not match the calculated checksum.`)
  }
  return checksum
}

/**
 * Computes the checksum of a multipart object.
 * @param type COMPOSITE: the checksum of the parts' checksums, followed by the number of parts; FULL_OBJECT: the
 *   checksum of all bytes
 */
export function checksumOfParts(algorithm: Algorithm, type: Checksum['type'], parts: readonly StoredPart[]): Checksum {
  const bytes = parts.flatMap(({ body }) => body)
  if (type === 'FULL_OBJECT') return fullChecksum(algorithm, bytes)
  const each = parts.map(({ body, checksum }) =>
    Buffer.from(checksum?.algorithm === algorithm ? checksum.value : checksumOf(algorithm, body), 'base64'),
  )
  return { algorithm, type, value: `${checksumOf(algorithm, each)}-${parts.length}` }
}

const computed = new WeakMap<StoredObject, Checksum>()

/** Returns an object's stored checksum or, if none is stored, the CRC64NVME checksum that Amazon S3 adds by default. */
export function checksumOfObject(object: StoredObject): Checksum {
  const known = object.checksum ?? computed.get(object) ?? fullChecksum('CRC64NVME', object.body)
  computed.set(object, known)
  return known
}
