import {
  describe,
  docs,
  evidence,
  expect,
  facts,
  oneSecondAfter,
  oneSecondBefore,
  reads,
  test,
} from '../../support/test/read'

describe('If-Modified-Since answers 304 unless the object was modified later', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 200 for an earlier date', evidence(facts.R17), async ({ Read }, { s3, sharedObject }) => {
    const read = s3.send(
      new Read({ ...sharedObject.address, IfModifiedSince: oneSecondBefore(sharedObject.LastModified) }),
    )

    await expect(read).toReturnStatus(200)
    await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
  })

  test.for(reads)(
    '%s answers 304 for Last-Modified itself',
    evidence(facts.R15),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: sharedObject.LastModified }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s answers 304 for a later, past date',
    evidence(facts.R16),
    async ({ Read }, { s3, agedSharedObject }) => {
      const { address, LastModified } = agedSharedObject
      const read = s3.send(new Read({ ...address, IfModifiedSince: oneSecondAfter(LastModified) }))

      await expect(read).toReturnStatus(304)
    },
  )
})
