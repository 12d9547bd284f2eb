import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A read with If-Match succeeds only if the object has the specified ETag', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match returns 200 for the current ETag',
    evidence(facts.R01, facts.R28),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: sharedObject.ETag }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s with If-Match fails with 412 for an ETag other than the current one',
    evidence(facts.R03, facts.R04),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: anotherETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )
})
