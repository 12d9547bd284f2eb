import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe(
  'A missing key is 403 to a caller who may get objects and not list the bucket',
  guide('conditional-reads', { needs: ['bucket-policy'] }),
  () => {
    test.for(reads)(
      '%s answers 200 while there is an object',
      evidence('R08'),
      async ([, Read], { anonymous, publicBucket, storeIn }) => {
        const object = await storeIn(publicBucket)

        const answer = await anonymous.send(new Read({ ...object.address, IfNoneMatch: anotherETag }))

        expect(answer.ETag).toBe(object.ETag)
      },
    )

    test.for(reads)('%s with If-Match', evidence('R52'), async ([, Read], { anonymous, publicBucket, keyIn }) => {
      const read = anonymous.send(new Read({ ...keyIn(publicBucket), IfMatch: anotherETag }))

      await expect(read).toBeRefused(403, 'AccessDenied')
    })

    test.for(reads)('%s with If-None-Match', evidence('R52'), async ([, Read], { anonymous, publicBucket, keyIn }) => {
      const read = anonymous.send(new Read({ ...keyIn(publicBucket), IfNoneMatch: anotherETag }))

      await expect(read).toBeRefused(403, 'AccessDenied')
    })

    test.for(reads)('%s with dates', evidence('R52'), async ([, Read], { anonymous, publicBucket, keyIn }) => {
      const date = new Date('2020-01-01')
      const dates = { IfModifiedSince: date, IfUnmodifiedSince: date }
      const read = anonymous.send(new Read({ ...keyIn(publicBucket), ...dates }))

      await expect(read).toBeRefused(403, 'AccessDenied')
    })
  },
)
