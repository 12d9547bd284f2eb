import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test'

// Each would answer 304 if it were read as the date that it means. The SDK writes dates rightly, so the header is added.
describe('If-Modified-Since is ignored when it is no HTTP date', docs('conditional-reads'), () => {
  test.for(reads)('%s ignores a fraction of a second', evidence(facts.R58), async ({ Read }, { s3With, object }) => {
    const date = object.LastModified.toUTCString().replace(' GMT', '.000 GMT')
    const s3 = s3With({ 'if-modified-since': date })

    const read = s3.send(new Read(object.address))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ LastModified: object.LastModified })
  })

  test.for(reads)('%s ignores a date without GMT', evidence(facts.R58), async ({ Read }, { s3With, object }) => {
    const date = object.LastModified.toUTCString().replace('GMT', '+0000')
    const s3 = s3With({ 'if-modified-since': date })

    const read = s3.send(new Read(object.address))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ LastModified: object.LastModified })
  })

  test.for(reads)('%s answers 304 to the HTTP date', evidence(facts.R15), async ({ Read }, { s3With, object }) => {
    const s3 = s3With({ 'if-modified-since': object.LastModified.toUTCString() })

    const read = s3.send(new Read(object.address))

    await expect(read).toBeNotModified()
  })
})
