import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

// The SDK does not know If-Range, so the header is added to the request as it goes out.
describe(
  'If-Range reads the range while the object is the same, and else all of it',
  guide('conditional-reads'),
  () => {
    test('GetObject answers 206 for the current entity tag', evidence('R49'), async ({ s3With, sharedObject }) => {
      const s3 = s3With({ 'if-range': sharedObject.ETag })
      const answer = await s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

      expect(answer.$metadata.httpStatusCode).toBe(206)
      expect(answer.ContentRange).toBe(`bytes 0-3/${sharedObject.body.length}`)
    })

    test('GetObject answers 200 for another entity tag', evidence('R49'), async ({ s3With, sharedObject }) => {
      const s3 = s3With({ 'if-range': anotherETag })
      const answer = await s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

      expect(answer.$metadata.httpStatusCode).toBe(200)
      expect(await answer.Body?.transformToString()).toBe(sharedObject.body)
    })
  },
)
