import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe('If-Match: * and If-None-Match: * match any ETag in a read', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match: * returns 200 when the key exists',
    evidence(facts.R05),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfMatch: '*' }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
    },
  )

  test.for(reads)(
    '%s with If-None-Match: * returns 304 when the key exists',
    evidence(facts.R09, facts.R10),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: '*' }))

      await expect(read).toReturnStatus(304)
    },
  )
})
