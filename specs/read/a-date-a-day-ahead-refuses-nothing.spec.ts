import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneDayAfter, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('A date a day ahead holds for both date conditions of a read', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Modified-Since ignores it and answers 200',
    evidence('R18'),
    async ([, Read], { s3, sharedObject }) => {
      const answer = await s3.send(
        new Read({ ...sharedObject.address, IfModifiedSince: oneDayAfter(sharedObject.LastModified) }),
      )

      expect(answer.$metadata.httpStatusCode).toBe(200)
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since answers 200',
    evidence('R23'),
    async ([, Read], { s3, sharedObject }) => {
      const answer = await s3.send(
        new Read({ ...sharedObject.address, IfUnmodifiedSince: oneDayAfter(sharedObject.LastModified) }),
      )

      expect(answer.$metadata.httpStatusCode).toBe(200)
    },
  )
})
