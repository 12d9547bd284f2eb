import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

const noMatch = `${anotherETag}, "11111111111111111111111111111111"`

describe('A list of ETags in a read matches if one of them matches', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match returns 200 for a list of ETags that includes the current one',
    evidence(facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: `${anotherETag}, ${sharedObject.ETag}` }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s with If-Match returns 200 for a list of unquoted ETags that includes the current one',
    evidence(facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const unquoted = `${anotherETag}, ${sharedObject.ETag}`.replaceAll('"', '')
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: unquoted }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s with If-Match fails with 412 for a list of ETags that does not include the current one',
    evidence(facts.R03, facts.R11),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: noMatch }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s with If-None-Match returns 304 for a list of ETags that includes the current one',
    evidence(facts.R12),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: `${anotherETag}, ${sharedObject.ETag}` }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s with If-None-Match returns 200 for a list of ETags that does not include the current one',
    evidence(facts.R13),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: noMatch }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )
})
