import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A 304 has ETag and Last-Modified headers but no body', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with the current ETag in If-None-Match returns 304 with the ETag and Last-Modified headers',
    evidence(facts.R56, facts.S04),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toReturnStatus(304)
      await expect(read).toHaveHeaders({
        etag: sharedObject.ETag,
        'last-modified': sharedObject.LastModified.toUTCString(),
      })
    },
  )

  test.for(reads)(
    '%s with the current ETag in If-None-Match returns 304 without the Content-Type and Content-Length headers',
    evidence(facts.R56),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toReturnStatus(304)
      await expect(read).toHaveHeaders({ 'content-type': undefined, 'content-length': undefined })
    },
  )

  test.for(reads)(
    '%s with the current ETag in If-None-Match and checksum mode enabled returns 304 without checksum headers',
    evidence(facts.R64),
    async ({ Read }, { s3, key }) => {
      const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: 'body', ChecksumAlgorithm: 'CRC32' }))

      const read = s3.send(new Read({ ...key, ChecksumMode: 'ENABLED', IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
      await expect(read).toHaveHeaders({ 'x-amz-checksum-crc32': undefined, 'x-amz-checksum-type': undefined })
    },
  )
})
