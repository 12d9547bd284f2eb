import { describe, docs, evidence, expect, facts, oneDayAfter, reads, test } from '../../support/test/read'

// How far ahead If-Modified-Since must be to be ignored the sources contradict each other on (open question O1): of what
// lies between now and a day nothing is asserted.
describe('A date a day ahead holds for both date conditions of a read', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s ignores If-Modified-Since and answers 200',
    evidence(facts.R18),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(
        new Read({ ...sharedObject.address, IfModifiedSince: oneDayAfter(sharedObject.LastModified) }),
      )

      await expect(read).toReturnStatus(200)
    },
  )

  test.for(reads)(
    '%s answers 200 to If-Unmodified-Since',
    evidence(facts.R23),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(
        new Read({ ...sharedObject.address, IfUnmodifiedSince: oneDayAfter(sharedObject.LastModified) }),
      )

      await expect(read).toReturnStatus(200)
    },
  )
})
