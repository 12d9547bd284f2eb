import { describe, docs, evidence, expect, facts, reads, test, withoutQuotes } from '../../support/test/read'

describe('The quotes around an ETag are optional in a read', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match returns 200 for the current ETag without quotes',
    evidence(facts.R02),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: withoutQuotes(sharedObject.ETag) }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s with If-None-Match returns 304 for the current ETag without quotes',
    evidence(facts.R07),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: withoutQuotes(sharedObject.ETag) }))

      await expect(read).toReturnStatus(304)
    },
  )
})
