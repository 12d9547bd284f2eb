import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('If-None-Match answers 304 while the object has the named entity tag', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 304 for the current entity tag',
    evidence('R06', 'R07'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toBeNotModified()
    },
  )

  test.for(reads)('%s answers 200 for another entity tag', evidence('R08'), async ([, Read], { s3, sharedObject }) => {
    const answer = await s3.send(new Read({ ...sharedObject.address, IfNoneMatch: anotherETag }))

    expect(answer.$metadata.httpStatusCode).toBe(200)
    expect(answer.ETag).toBe(sharedObject.ETag)
  })
})
