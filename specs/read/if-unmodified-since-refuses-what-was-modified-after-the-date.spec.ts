import { describe, evidence, expect, guide, oneSecondBefore, reads, test } from '../../support/test'

describe('If-Unmodified-Since refuses an object that was modified after the date', guide('conditional-reads'), () => {
  test.for(reads)('%s answers 200 for Last-Modified itself', evidence('R21'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfUnmodifiedSince: object.LastModified }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ LastModified: object.LastModified })
  })

  test.for(reads)('%s answers 412 for an earlier date', evidence('R22'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfUnmodifiedSince: oneSecondBefore(object.LastModified) }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Unmodified-Since' })
  })
})
