import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

const withoutHit = `${anotherETag}, "11111111111111111111111111111111"`

describe('A list matches when one of its entity tags does', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 200 to If-Match for a hit', evidence(facts.R11), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: `${anotherETag}, ${object.ETag}` }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)(
    '%s answers 200 to If-Match without quotes',
    evidence(facts.R11),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(
        new Read({ ...object.address, IfMatch: `${anotherETag}, ${object.ETag}`.replaceAll('"', '') }),
      )

      await expect(read).toBeAnswered('200')
      await expect(read).toAnswerWith({ ETag: object.ETag })
    },
  )

  test.for(reads)(
    '%s answers 412 to If-Match for no hit',
    evidence(facts.R03, facts.R11),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfMatch: withoutHit }))

      await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s answers 304 to If-None-Match for a hit',
    evidence(facts.R12),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfNoneMatch: `${anotherETag}, ${object.ETag}` }))

      await expect(read).toBeNotModified()
    },
  )

  test.for(reads)(
    '%s answers 200 to If-None-Match for no hit',
    evidence(facts.R13),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfNoneMatch: withoutHit }))

      await expect(read).toBeAnswered('200')
      await expect(read).toAnswerWith({ ETag: object.ETag })
    },
  )
})
