import { describe, docs, evidence, expect, facts, oneSecondBefore, reads, test } from '../../support/test/read'

describe('If-Unmodified-Since refuses an object that was modified after the date', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s answers 200 for Last-Modified itself',
    evidence(facts.R21),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: sharedObject.LastModified }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
    },
  )

  test.for(reads)('%s answers 412 for an earlier date', evidence(facts.R22), async ({ Read }, { s3, sharedObject }) => {
    const read = s3.send(
      new Read({ ...sharedObject.address, IfUnmodifiedSince: oneSecondBefore(sharedObject.LastModified) }),
    )

    await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since' })
  })
})
