import { anotherETag, describe, evidence, expect, guide, reads, test } from '../../support/test'

const withoutHit = `${anotherETag}, "11111111111111111111111111111111"`

describe('A list matches when one of its entity tags does', guide('conditional-reads'), () => {
  test.for(reads)('%s answers 200 to If-Match for a hit', evidence('R11'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: `${anotherETag}, ${object.ETag}` }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)('%s answers 200 to If-Match without quotes', evidence('R11'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: `${anotherETag}, ${object.ETag}`.replaceAll('"', '') }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)('%s answers 412 to If-Match for no hit', evidence('R03', 'R11'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: withoutHit }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })

  test.for(reads)('%s answers 304 to If-None-Match for a hit', evidence('R12'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: `${anotherETag}, ${object.ETag}` }))

    await expect(read).toBeNotModified()
  })

  test.for(reads)('%s answers 200 to If-None-Match for no hit', evidence('R13'), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: withoutHit }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })
})
