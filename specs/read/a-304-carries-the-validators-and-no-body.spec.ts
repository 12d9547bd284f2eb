import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

describe('A 304 carries ETag and Last-Modified, and no body', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s repeats ETag and Last-Modified',
    evidence(facts.R56, facts.S04),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfNoneMatch: object.ETag }))

      await expect(read).toBeNotModified()
      await expect(read).toCarryHeaders({ etag: object.ETag, 'last-modified': object.LastModified.toUTCString() })
    },
  )

  test.for(reads)('%s says neither type nor length', evidence(facts.R56), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: object.ETag }))

    await expect(read).toBeNotModified()
    await expect(read).toCarryHeaders({ 'content-type': undefined, 'content-length': undefined })
  })

  test.for(reads)('%s has no checksum of the object', evidence(facts.R64), async ({ Read }, { s3, key }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'body', ChecksumAlgorithm: 'CRC32' }))

    const read = s3.send(new Read({ ...key, ChecksumMode: 'ENABLED', IfNoneMatch: ETag }))

    await expect(read).toBeNotModified()
    await expect(read).toCarryHeaders({ 'x-amz-checksum-crc32': undefined, 'x-amz-checksum-type': undefined })
  })
})
