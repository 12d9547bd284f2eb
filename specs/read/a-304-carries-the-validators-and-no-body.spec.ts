import { describe, evidence, expect, guide, reads, test } from '../../support/test'

describe('A 304 carries ETag and Last-Modified, and no body', guide('conditional-reads'), () => {
  test.for(reads)('%s repeats ETag and Last-Modified', evidence('R56', 'S04'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: object.ETag }))

    await expect(read).toBeNotModified()
    await expect(read).toCarryHeaders({ etag: object.ETag, 'last-modified': object.LastModified.toUTCString() })
  })

  test.for(reads)('%s says neither type nor length', evidence('R56'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: object.ETag }))

    await expect(read).toBeNotModified()
    await expect(read).toCarryHeaders({ 'content-type': undefined, 'content-length': undefined })
  })
})
