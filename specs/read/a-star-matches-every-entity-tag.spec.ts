import { describe, evidence, expect, guide, reads, test } from '../../support/test'

describe('A * matches every entity tag when an object is read', guide('conditional-reads'), () => {
  test.for(reads)('%s answers 200 to If-Match: *', evidence('R05'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: '*' }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)('%s answers 304 to If-None-Match: *', evidence('R09', 'R10'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: '*' }))

    await expect(read).toBeNotModified()
  })
})
