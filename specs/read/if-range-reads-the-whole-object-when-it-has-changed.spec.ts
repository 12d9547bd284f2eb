import { GetObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/read'

// The SDK has no input member for If-Range, so the tests set the raw header themselves.
describe(
  'A read with If-Range returns the range if the object has the specified ETag, otherwise the whole object',
  docs('conditional-reads'),
  () => {
    test(
      'GetObject with a range and If-Range returns 206 for the current ETag',
      evidence(facts.R49),
      async ({ clientWithHeaders, sharedObject }) => {
        const s3 = clientWithHeaders({ 'if-range': sharedObject.ETag })
        const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

        await expect(read).toReturnStatus(206)
        await expect(read).toHaveOutput({ ContentRange: `bytes 0-3/${sharedObject.body.length}` })
      },
    )

    test(
      'GetObject with a range and If-Range returns 200 for an ETag other than the current one',
      evidence(facts.R49),
      async ({ clientWithHeaders, sharedObject }) => {
        const s3 = clientWithHeaders({ 'if-range': anotherETag })
        const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3' }))

        await expect(read).toReturnStatus(200)
        await expect(read).toHaveOutput({ Body: sharedObject.body })
      },
    )
  },
)
