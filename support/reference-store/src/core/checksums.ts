import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { S3Error } from './message.ts'
import { ALGORITHMS, type Algorithm, type Checksum, type StoredObject, type StoredPart } from './stored.ts'
import { notImplemented } from './values.ts'

type Headers = Readonly<Record<string, string>>

/** The name of an algorithm's header, such as `x-amz-checksum-crc32`. */
export const headerOf = (algorithm: Algorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`

/** The name of an algorithm's element, such as `ChecksumCRC32`. */
export const elementOf = (algorithm: Algorithm) => `Checksum${algorithm}`

/** The MD5 of chunks, as lower-case hex: the ETag of an object that is neither encrypted with KMS nor by its owner. */
export function md5Of(chunks: readonly Buffer[]): string {
  const hash = createHash('md5')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

/** A checksum of chunks in Base64, as the headers have it. */
export function checksumOf(algorithm: Algorithm, chunks: readonly Buffer[]): string {
  if (!algorithm.startsWith('CRC')) {
    const hash = createHash(algorithm.toLowerCase())
    for (const chunk of chunks) hash.update(chunk)
    return hash.digest('base64')
  }
  if (algorithm === 'CRC64NVME') return crc64nvme(chunks).toString('base64')
  const word = Buffer.alloc(4)
  word.writeUInt32BE(algorithm === 'CRC32' ? chunks.reduce((sum, chunk) => crc32(chunk, sum), 0) : crc32c(chunks))
  return word.toString('base64')
}

/** Castagnoli's polynomial, reflected. */
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

/** The polynomial of NVMe, reflected, as its upper and lower halves: numbers are faster than BigInt. */
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

/** Algorithms that Amazon S3 has, and this store does not. */
const OTHERS = ['XXHASH64', 'XXHASH3', 'XXHASH128']

/**
 * The checksum that a request sends in a header or trailer.
 * @throws S3Error 400 InvalidRequest for more than one; 501 for one that this store cannot verify
 */
export function sentChecksum(headers: Headers): { algorithm: Algorithm; value: string } | undefined {
  const other = OTHERS.find((name) => headers[`x-amz-checksum-${name.toLowerCase()}`] !== undefined)
  if (other) throw unsupported(other)
  const sent = ALGORITHMS.filter((algorithm) => headers[headerOf(algorithm)] !== undefined)
  if (sent.length > 1) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  }
  const [algorithm] = sent
  return algorithm && { algorithm, value: headers[headerOf(algorithm)] ?? '' }
}

const unsupported = (name: string) => notImplemented(`This store does not have the checksum algorithm ${name}.`)

/**
 * The algorithm that a request asks for without sending a checksum.
 * @throws S3Error 400 InvalidRequest for none of Amazon S3's; 501 for one that this store does not have
 */
export function askedAlgorithm(headers: Headers): Algorithm | undefined {
  const name = headers['x-amz-checksum-algorithm'] ?? headers['x-amz-sdk-checksum-algorithm']
  if (name === undefined) return undefined
  const algorithm = ALGORITHMS.find((one) => one === name.toUpperCase())
  if (algorithm) return algorithm
  if (OTHERS.includes(name.toUpperCase())) throw unsupported(name.toUpperCase())
  throw new S3Error(
    400,
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  )
}

/**
 * Verifies the body of a request by its Content-MD5 and its checksum.
 * @returns the checksum that the object is stored with; undefined if none was sent
 * @throws S3Error 400 InvalidDigest or InvalidRequest for what is not a checksum, 400 BadDigest for another body
 */
export function verifiedChecksum(headers: Headers, body: readonly Buffer[]): Checksum | undefined {
  const md5 = headers['content-md5']
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) {
      throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', {
        elements: { 'Content-MD5': md5 },
      })
    }
    const calculated = Buffer.from(md5Of(body), 'hex').toString('base64')
    if (calculated !== md5) {
      const elements = { ExpectedDigest: md5, CalculatedDigest: calculated }
      throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.', { elements })
    }
  }
  const sent = sentChecksum(headers)
  if (!sent) {
    const asked = askedAlgorithm(headers)
    return asked && { algorithm: asked, value: checksumOf(asked, body), type: 'FULL_OBJECT' }
  }
  const { algorithm, value } = sent
  const calculated = checksumOf(algorithm, body)
  if (Buffer.from(value, 'base64').length !== Buffer.from(calculated, 'base64').length) {
    throw new S3Error(400, 'InvalidRequest', `Value for ${headerOf(algorithm)} header is invalid.`)
  }
  if (calculated !== value) {
    throw new S3Error(400, 'BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
  }
  return { algorithm, value, type: 'FULL_OBJECT' }
}

/**
 * The checksum of an object that is made of parts.
 * @param type COMPOSITE: the checksum of the parts' checksums, with their number; FULL_OBJECT: that of all bytes
 */
export function checksumOfParts(algorithm: Algorithm, type: Checksum['type'], parts: readonly StoredPart[]): Checksum {
  if (type === 'FULL_OBJECT')
    return {
      algorithm,
      type,
      value: checksumOf(
        algorithm,
        parts.flatMap(({ body }) => body),
      ),
    }
  const each = parts.map(({ body, checksum }) =>
    Buffer.from(checksum?.algorithm === algorithm ? checksum.value : checksumOf(algorithm, body), 'base64'),
  )
  return { algorithm, type, value: `${checksumOf(algorithm, each)}-${parts.length}` }
}

const computed = new WeakMap<StoredObject, Checksum>()

/** The checksum of an object: the one it was stored with, otherwise the CRC64NVME that Amazon S3 adds. */
export function checksumOfObject(object: StoredObject): Checksum {
  if (object.checksum) return object.checksum
  const known = computed.get(object) ?? {
    algorithm: 'CRC64NVME',
    value: checksumOf('CRC64NVME', object.body),
    type: 'FULL_OBJECT',
  }
  computed.set(object, known)
  return known
}
