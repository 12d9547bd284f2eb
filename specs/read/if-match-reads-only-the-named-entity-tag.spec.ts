import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('If-Match reads an object only while it has the named entity tag', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 for its entity tag',
    evidence(facts.R01, facts.R28),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: sharedObject.ETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s answers 412 for another entity tag',
    evidence(facts.R03, facts.R04),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: anotherETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )
})
