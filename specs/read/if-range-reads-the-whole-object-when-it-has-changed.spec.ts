import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The SDK does not know If-Range, so the header is added to the request as it goes out.
describe('If-Range reads the range of the same object, else all of it', docs('conditional-reads'), () => {
  test('GetObject answers 206 for its entity tag', evidence(facts.R49), async ({ s3With, object }) => {
    const s3 = s3With({ 'if-range': object.ETag })
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3' }))

    await expect(read).toBeAnswered('206')
    await expect(read).toAnswerWith({ ContentRange: `bytes 0-3/${object.body.length}` })
  })

  test('GetObject answers 200 for another entity tag', evidence(facts.R49), async ({ s3With, object }) => {
    const s3 = s3With({ 'if-range': anotherETag })
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3' }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ Body: object.body })
  })
})
