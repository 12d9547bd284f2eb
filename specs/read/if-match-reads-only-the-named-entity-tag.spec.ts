import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('If-Match reads an object only while it has the named entity tag', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 for the current entity tag',
    evidence('R01', 'R28'),
    async ([, Read], { s3, sharedObject }) => {
      const answer = await s3.send(new Read({ ...sharedObject.address, IfMatch: sharedObject.ETag }))

      expect(answer.$metadata.httpStatusCode).toBe(200)
      expect(answer.ETag).toBe(sharedObject.ETag)
    },
  )

  test.for(reads)(
    '%s answers 412 for another entity tag',
    evidence('R03', 'R04'),
    async ([, Read], { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: anotherETag }))

      await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )
})
