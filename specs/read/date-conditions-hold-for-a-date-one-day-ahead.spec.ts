import { describe, docs, evidence, expect, facts, oneDayAfter, reads, test } from '../../support/test/read'

// Sources disagree on how far ahead If-Modified-Since must be to be ignored (open question O1), so no test sends a date
// between now and one day ahead.
describe('Both date conditions of a read hold for a date one day ahead', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Modified-Since returns 200 for a date one day ahead',
    evidence(facts.R18),
    async ({ Read }, { s3, sharedObject }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: tomorrow }))

      await expect(read).toReturnStatus(200)
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since returns 200 for a date one day ahead',
    evidence(facts.R23),
    async ({ Read }, { s3, sharedObject }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: tomorrow }))

      await expect(read).toReturnStatus(200)
    },
  )
})
