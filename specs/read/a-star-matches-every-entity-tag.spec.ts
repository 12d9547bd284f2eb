import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('A * matches every entity tag when an object is read', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 200 to If-Match: *', evidence(facts.R05), async ({ Read }, { s3, sharedObject }) => {
    const read = s3.send(new Read({ ...sharedObject.address, IfMatch: '*' }))

    await expect(read).toReturnStatus(200)
    await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
  })

  test.for(reads)(
    '%s answers 304 to If-None-Match: *',
    evidence(facts.R09, facts.R10),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '*' }))

      await expect(read).toReturnStatus(304)
    },
  )
})
