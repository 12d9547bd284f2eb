import { anotherETag, describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

describe(
  'A read with If-None-Match returns 304 if the object has the specified ETag',
  docs('conditional-reads'),
  () => {
    test.for(reads)(
      '%s with If-None-Match returns 304 for the current ETag',
      evidence(facts.R06, facts.R07),
      async ({ Read }, { s3, sharedObject }) => {
        const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: sharedObject.ETag }))

        await expect(read).toReturnStatus(304)
      },
    )

    test.for(reads)(
      '%s with If-None-Match returns 200 for an ETag other than the current one',
      evidence(facts.R08),
      async ({ Read }, { s3, sharedObject }) => {
        const read = s3.send(new Read({ ...sharedObject.address, IfNoneMatch: anotherETag }))

        await expect(read).toReturnStatus(200)
        await expect(read).toHaveOutput({ ETag: sharedObject.ETag })
      },
    )
  },
)
