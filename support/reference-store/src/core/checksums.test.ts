import { expect, test } from 'vitest'
import { checksumOf, checksumOfParts, verifiedChecksum } from './checksums.ts'
import type { StoredPart } from './stored.ts'

const digits = [Buffer.from('1234'), Buffer.from('56789')]
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

/** The check values in the CRC catalogue: the checksums of the ASCII string `123456789`. */
test.for([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['MD5', '25f9e794323b453885f5181f1b624d0b'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  [
    'SHA512',
    'd9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85',
  ],
] as const)('The %s of several chunks equals the checksum of the joined bytes', ([algorithm, hex]) => {
  expect(checksumOf(algorithm, digits)).toBe(base64(hex))
})

test('A checksum or Content-MD5 of other bytes fails with BadDigest, and a malformed value is reported as invalid', () => {
  const md5 = base64('25f9e794323b453885f5181f1b624d0b')

  expect(verifiedChecksum({ 'content-md5': md5, 'x-amz-checksum-crc32c': base64('e3069283') }, digits)).toEqual({
    algorithm: 'CRC32C',
    value: base64('e3069283'),
    type: 'FULL_OBJECT',
  })
  expect(() => verifiedChecksum({ 'content-md5': md5 }, [])).toThrow(expect.objectContaining({ code: 'BadDigest' }))
  expect(() => verifiedChecksum({ 'content-md5': 'x' }, [])).toThrow(expect.objectContaining({ code: 'InvalidDigest' }))
  expect(() => verifiedChecksum({ 'x-amz-checksum-sha1': base64('00') }, [])).toThrow(
    /x-amz-checksum-sha1 header is invalid/,
  )
  expect(() => verifiedChecksum({ 'x-amz-checksum-crc32': base64('00000001') }, [])).toThrow(/CRC32 you specified/)
  expect(() => verifiedChecksum({ 'x-amz-checksum-crc32': 'a', 'x-amz-checksum-sha1': 'b' }, [])).toThrow(/single/)
})

test('A composite checksum covers the checksums of the parts, and a full-object checksum covers all bytes', () => {
  const parts = digits.map(
    (chunk, n) => ({ number: n + 1, body: [chunk], size: chunk.length }) as unknown as StoredPart,
  )
  const each = digits.map((chunk) => Buffer.from(checksumOf('SHA256', [chunk]), 'base64'))

  expect(checksumOfParts('SHA256', 'COMPOSITE', parts).value).toBe(`${checksumOf('SHA256', each)}-2`)
  expect(checksumOfParts('CRC32', 'FULL_OBJECT', parts).value).toBe(base64('cbf43926'))
})
