import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

describe('If-None-Match answers 304 while the object has the named entity tag', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 304 for its entity tag',
    evidence(facts.R06, facts.R07),
    async ({ Read }, { s3, object }) => {
      const read = s3.send(new Read({ ...object.address, IfNoneMatch: object.ETag }))

      await expect(read).toBeNotModified()
    },
  )

  test.for(reads)('%s answers 200 for another entity tag', evidence(facts.R08), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: anotherETag }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })
})
