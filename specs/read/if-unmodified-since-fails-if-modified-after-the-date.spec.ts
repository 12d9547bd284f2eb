import { describe, docs, evidence, expect, facts, oneSecondBefore, reads, test } from '../../support/test/read'

describe('If-Unmodified-Since fails if the object was modified after the date', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Unmodified-Since returns 200 for a date equal to Last-Modified',
    evidence(facts.R21),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: sharedObject.LastModified }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
    },
  )

  test.for(reads)(
    '%s with If-Unmodified-Since fails with 412 for a date before Last-Modified',
    evidence(facts.R22),
    async ({ Read }, { s3, sharedObject }) => {
      const earlier = oneSecondBefore(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfUnmodifiedSince: earlier }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since' })
    },
  )
})
