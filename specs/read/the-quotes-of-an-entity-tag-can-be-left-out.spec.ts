import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

const withoutQuotes = (ETag: string) => ETag.replaceAll('"', '')

describe('The quotes of an entity tag can be left out of a read', docs('conditional-reads'), () => {
  test.for(reads)('%s with If-Match answers 200', evidence(facts.R02), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfMatch: withoutQuotes(object.ETag) }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ ETag: object.ETag })
  })

  test.for(reads)('%s with If-None-Match answers 304', evidence(facts.R07), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfNoneMatch: withoutQuotes(object.ETag) }))

    await expect(read).toBeNotModified()
  })
})
