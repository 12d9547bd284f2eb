import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

const withoutHit = `${anotherETag}, "11111111111111111111111111111111"`

describe('A list matches when one of its entity tags does', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 to If-Match for a hit',
    evidence(facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: `${anotherETag}, ${sharedObject.ETag}` }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s answers 200 to If-Match without quotes',
    evidence(facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(
        new Read({ ...sharedObject.address, IfMatch: `${anotherETag}, ${sharedObject.ETag}`.replaceAll('"', '') }),
      )

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s answers 412 to If-Match for no hit',
    evidence(facts.R03, facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: withoutHit }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s answers 304 to If-None-Match for a hit',
    evidence(facts.R12),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: `${anotherETag}, ${sharedObject.ETag}` }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s answers 200 to If-None-Match for no hit',
    evidence(facts.R13),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: withoutHit }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )
})
