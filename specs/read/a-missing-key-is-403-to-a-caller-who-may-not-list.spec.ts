import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

describe(
  'A missing key is 403 to a caller who may get objects and not list the bucket',
  docs('conditional-reads', { needs: ['bucket-policy'] }),
  () => {
    test.for(reads)(
      '%s answers 200 for a key that is there',
      evidence(facts.R08),
      async ({ Read }, { anonymous, publicBucket, storeIn }) => {
        const object = await storeIn(publicBucket)

        const read = anonymous.send(new Read({ ...object.address, IfNoneMatch: anotherETag }))

        await expect(read).toBeAnswered('200')
        await expect(read).toAnswerWith({ ETag: object.ETag })
      },
    )

    test.for(reads)(
      '%s is refused with If-Match',
      evidence(facts.R52),
      async ({ Read }, { anonymous, publicBucket, keyIn }) => {
        const read = anonymous.send(new Read({ ...keyIn(publicBucket), IfMatch: anotherETag }))

        await expect(read).toBeRefused(403, 'AccessDenied')
      },
    )

    test.for(reads)(
      '%s is refused with If-None-Match',
      evidence(facts.R52),
      async ({ Read }, { anonymous, publicBucket, keyIn }) => {
        const read = anonymous.send(new Read({ ...keyIn(publicBucket), IfNoneMatch: anotherETag }))

        await expect(read).toBeRefused(403, 'AccessDenied')
      },
    )

    test.for(reads)(
      '%s is refused with dates',
      evidence(facts.R52),
      async ({ Read }, { anonymous, publicBucket, keyIn }) => {
        const date = new Date('2020-01-01')
        const read = anonymous.send(
          new Read({ ...keyIn(publicBucket), IfModifiedSince: date, IfUnmodifiedSince: date }),
        )

        await expect(read).toBeRefused(403, 'AccessDenied')
      },
    )
  },
)
