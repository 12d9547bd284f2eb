import { describe, docs, evidence, expect, facts, oneSecondBefore, reads, test } from '../../support/test'

describe('If-Unmodified-Since refuses an object that was modified after the date', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 200 for Last-Modified itself', evidence(facts.R21), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfUnmodifiedSince: object.LastModified }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ LastModified: object.LastModified })
  })

  test.for(reads)('%s answers 412 for an earlier date', evidence(facts.R22), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfUnmodifiedSince: oneSecondBefore(object.LastModified) }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since' })
  })
})
