import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-append', { needs: ['directory-bucket'] })

describe("An append's checksum must match its body and use the object's checksum algorithm", options, () => {
  test(
    'PutObject with a write offset and a wrong checksum fails with 400 BadDigest',
    evidence(facts.E24),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, ChecksumCRC32: 'AAAAAA==' }

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(400, 'BadDigest')
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    "PutObject with a write offset fails with 400 InvalidRequest for a checksum algorithm other than the object's",
    evidence(facts.E24),
    async ({ s3, directoryKey, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: 'first', ChecksumAlgorithm: 'CRC32' }))
      const stored = await snapshot(directoryKey)

      const append = { ...directoryKey, Body: 'more', WriteOffsetBytes: 5, ChecksumAlgorithm: 'SHA256' } as const

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(400, 'InvalidRequest')
      await expect(stored).toBeUnchanged()
    },
  )
})
