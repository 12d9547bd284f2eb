import { describe, docs, evidence, expect, facts, oneDayAfter, reads, test } from '../../support/test/read'

// Sources disagree on how far in the future a date must be for S3 to ignore If-Modified-Since (open question O1), so no
// test sends a date between now and one day from now.
describe('Both date conditions of a read hold for a date one day in the future', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Modified-Since returns 200 for a date one day in the future',
    evidence(facts.R18),
    async ({ Read }, { s3, sharedObject }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: tomorrow }))

      await expect(read).toReturnStatus(200)
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since returns 200 for a date one day in the future',
    evidence(facts.R23),
    async ({ Read }, { s3, sharedObject }) => {
      const tomorrow = oneDayAfter(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: tomorrow }))

      await expect(read).toReturnStatus(200)
    },
  )
})
