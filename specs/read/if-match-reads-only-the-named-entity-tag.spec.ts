import { anotherETag, describe, evidence, expect, guide, reads, test } from '../../support/test'

describe('If-Match reads an object only while it has the named entity tag', guide('conditional-reads'), () => {
  test.for(reads)('%s answers 200 for its entity tag', evidence('R01', 'R28'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: object.ETag }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)('%s answers 412 for another entity tag', evidence('R03', 'R04'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: anotherETag }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })
})
