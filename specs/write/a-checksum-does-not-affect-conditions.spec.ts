import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// By default, the SDK sends a CRC32 checksum.
const first = { Body: 'first', ChecksumAlgorithm: 'SHA256' } as const
const second = { Body: 'second', ChecksumAlgorithm: 'SHA256' } as const

// The ETag is the MD5 of the bytes, regardless of which checksum is sent.
describe('A checksum for the body does not affect conditions', docs('conditional-writes'), () => {
  test(
    'PutObject with a SHA-256 checksum and If-None-Match: * succeeds when the key does not exist',
    evidence(facts.P01),
    async ({ s3, key }) => {
      const response = await s3.send(new PutObjectCommand({ ...key, ...first, IfNoneMatch: '*' }))

      expect(response.ETag).toBeETagOf('first')
      await expect(key).toHaveBody('first')
    },
  )

  test(
    'PutObject with a SHA-256 checksum and If-None-Match: * fails with 412 when the key exists',
    evidence(facts.P02),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, ...second, IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with a SHA-256 checksum and If-Match succeeds for the current ETag',
    evidence(facts.P09),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const response = await s3.send(new PutObjectCommand({ ...address, ...second, IfMatch: ETag }))

      expect(response.ETag).toBeETagOf('second')
      await expect(object).toHaveBody('second')
    },
  )

  test(
    'PutObject with a SHA-256 checksum and If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.P13),
    async ({ s3, object }) => {
      const write = s3.send(new PutObjectCommand({ ...object.address, ...second, IfMatch: anotherETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
