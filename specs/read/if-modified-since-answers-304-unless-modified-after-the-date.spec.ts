import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, oneMinuteBefore, oneSecondAfter, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

// Concurrent, because some of these wait until a second has passed.
describe.concurrent(
  'If-Modified-Since answers 304 unless the object was modified later',
  guide('conditional-reads'),
  () => {
    test.for(reads)(
      '%s answers 200 for a date before Last-Modified',
      evidence('R17'),
      async ([, Read], { s3, object }) => {
        const answer = await s3.send(
          new Read({ ...object.address, IfModifiedSince: oneMinuteBefore(object.LastModified) }),
        )

        expect(answer.$metadata.httpStatusCode).toBe(200)
        expect(answer.LastModified).toEqual(object.LastModified)
      },
    )

    test.for(reads)('%s answers 304 for Last-Modified itself', evidence('R15'), async ([, Read], { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfModifiedSince: object.LastModified }))

      await expect(read).toBeNotModified()
    })

    test.for(reads)(
      '%s answers 304 for a date between Last-Modified and now',
      evidence('R16'),
      async ([, Read], { s3, agedObject }) => {
        const { address, LastModified } = agedObject
        const read = s3.send(new Read({ ...address, IfModifiedSince: oneSecondAfter(LastModified) }))

        await expect(read).toBeNotModified()
      },
    )
  },
)
