import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// For a read, S3 compares the object's ETag with each ETag in the list. For a write, S3 treats the whole list as one
// ETag, so a list never matches.
describe('If-Match compares a list of ETags as one value in a write', docs('conditional-writes'), () => {
  test(
    'PutObject with a list of ETags in If-Match fails with 412 even when the first one is current',
    evidence(facts.P19),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${ETag}, ${anotherETag}` }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )

  test(
    'PutObject with a list of ETags in If-Match fails with 412 even when the last one is current',
    evidence(facts.P19),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: `${anotherETag}, ${ETag}` }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toBeUnchanged()
    },
  )
})
