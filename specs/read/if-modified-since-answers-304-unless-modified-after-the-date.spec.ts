import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('If-Modified-Since answers 304 unless the object was modified later', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 for a date before Last-Modified',
    evidence('R17'),
    async ([, Read], { s3, sharedObject }) => {
      const answer = await s3.send(
        new Read({ ...sharedObject.address, IfModifiedSince: oneMinuteBefore(sharedObject.LastModified) }),
      )

      expect(answer.$metadata.httpStatusCode).toBe(200)
      expect(answer.LastModified).toEqual(sharedObject.LastModified)
    },
  )

  test.for(reads)(
    '%s answers 304 for Last-Modified itself',
    evidence('R15'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: sharedObject.LastModified }))

      await expect(read).toBeNotModified()
    },
  )

  test.for(reads)(
    '%s answers 304 for a date between Last-Modified and now',
    evidence('R16'),
    async ([, Read], { s3, agedObject }) => {
      const { address, LastModified } = agedObject
      const read = s3.send(new Read({ ...address, IfModifiedSince: oneSecondAfter(LastModified) }))

      await expect(read).toBeNotModified()
    },
  )
})
