import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/read'

// The SDK does not know If-Range, so the header is added to the request as it goes out.
describe('If-Range reads the range of the same object, else all of it', docs('conditional-reads'), () => {
  test('GetObject answers 206 for its entity tag', evidence(facts.R49), async ({ clientWithHeaders, sharedObject }) => {
    const s3 = clientWithHeaders({ 'if-range': sharedObject.ETag })
    const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

    await expect(read).toReturnStatus(206)
    await expect(read).toHaveOutput({ ContentRange: `bytes 0-3/${sharedObject.body.length}` })
  })

  test(
    'GetObject answers 200 for another entity tag',
    evidence(facts.R49),
    async ({ clientWithHeaders, sharedObject }) => {
      const s3 = clientWithHeaders({ 'if-range': anotherETag })
      const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ Body: sharedObject.body })
    },
  )
})
