import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('If-Unmodified-Since refuses an object that was modified after the date', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 for Last-Modified itself',
    evidence('R21'),
    async ([, Read], { s3, sharedObject }) => {
      const answer = await s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: sharedObject.LastModified }))

      expect(answer.$metadata.httpStatusCode).toBe(200)
      expect(answer.LastModified).toEqual(sharedObject.LastModified)
    },
  )

  test.for(reads)(
    '%s answers 412 for a date before Last-Modified',
    evidence('R22'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(
        new Read({ ...sharedObject.address, IfUnmodifiedSince: oneMinuteBefore(sharedObject.LastModified) }),
      )

      await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since' })
    },
  )
})
