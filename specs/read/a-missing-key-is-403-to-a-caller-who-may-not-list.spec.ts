import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe(
  'A missing key is 403 to a caller who may get objects and not list the bucket',
  docs('conditional-reads', { needs: ['bucket-policy'] }),
  () => {
    test.for(reads)(
      '%s answers 200 for a key that is there',
      evidence(facts.R08),
      async ({ Read }, { anonymousClient, publicBucket, newObject }) => {
        const object = await newObject(publicBucket)

        const read = anonymousClient.send(new Read({ ...object.address, IfNoneMatch: anotherETag }))

        await expect(read).toReturnStatus(200)
        await expect(read).toHaveOutput({ ETag: object.ETag })
      },
    )

    test.for(reads)(
      '%s is refused with If-Match',
      evidence(facts.R52),
      async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
        const read = anonymousClient.send(new Read({ ...newKey(publicBucket), IfMatch: anotherETag }))

        await expect(read).toFailWith(403, 'AccessDenied')
      },
    )

    test.for(reads)(
      '%s is refused with If-None-Match',
      evidence(facts.R52),
      async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
        const read = anonymousClient.send(new Read({ ...newKey(publicBucket), IfNoneMatch: anotherETag }))

        await expect(read).toFailWith(403, 'AccessDenied')
      },
    )

    test.for(reads)(
      '%s is refused with dates',
      evidence(facts.R52),
      async ({ Read }, { anonymousClient, publicBucket, newKey }) => {
        const date = new Date('2020-01-01')
        const read = anonymousClient.send(
          new Read({ ...newKey(publicBucket), IfModifiedSince: date, IfUnmodifiedSince: date }),
        )

        await expect(read).toFailWith(403, 'AccessDenied')
      },
    )
  },
)
