import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('A * matches every entity tag when an object is read', guide('conditional-reads'), () => {
  test.for(reads)('%s with If-Match: * answers 200', evidence('R05'), async ([, Read], { s3, sharedObject }) => {
    const answer = await s3.send(new Read({ ...sharedObject.address, IfMatch: '*' }))

    expect(answer.ETag).toBe(sharedObject.ETag)
  })

  test.for(reads)(
    '%s with If-None-Match: * answers 304',
    evidence('R09', 'R10'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '*' }))

      await expect(read).toBeNotModified()
    },
  )
})
