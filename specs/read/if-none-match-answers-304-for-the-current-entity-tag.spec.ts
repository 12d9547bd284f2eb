import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('If-None-Match answers 304 while the object has the named entity tag', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 304 for its entity tag',
    evidence(facts.R06, facts.R07),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s answers 200 for another entity tag',
    evidence(facts.R08),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: anotherETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )
})
