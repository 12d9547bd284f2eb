import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('A 304 carries ETag and Last-Modified, and no body', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s repeats ETag and Last-Modified',
    evidence('R56', 'S04'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toBeNotModified()
      await expect(read).toCarryHeaders({
        etag: sharedObject.ETag,
        'last-modified': sharedObject.LastModified.toUTCString(),
      })
    },
  )

  test.for(reads)(
    '%s says neither Content-Type nor Content-Length',
    evidence('R56'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toBeNotModified()
      await expect(read).toCarryHeaders({ 'content-type': undefined, 'content-length': undefined })
    },
  )
})
