import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/read'

const beyondTheEnd = 'bytes=1000000-1000001'

describe('Preconditions are evaluated before the range', docs('conditional-reads'), () => {
  test(
    'GetObject with a range and If-Match returns 206 for the current ETag',
    evidence(facts.R44),
    async ({ s3, sharedObject: { address, ETag, body } }) => {
      const read = s3.send(new GetObjectCommand({ ...address, Range: 'bytes=0-3', IfMatch: ETag }))

      await expect(read).toReturnStatus(206)
      await expect(read).toHaveOutput({ ContentRange: `bytes 0-3/${body.length}`, Body: body.slice(0, 4) })
    },
  )

  test(
    'GetObject with a range and If-Match fails with 412 for the old ETag after the object is overwritten',
    evidence(facts.R45),
    async ({ s3, object }) => {
      await s3.send(new PutObjectCommand({ ...object.address, Body: 'overwritten' }))

      const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3', IfMatch: object.ETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test(
    'GetObject with a range beyond the end of the object fails with 416 InvalidRange',
    evidence(facts.R47),
    async ({ s3, sharedObject }) => {
      const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd }))

      const ActualObjectSize = String(sharedObject.body.length)
      await expect(read).toFailWith(416, 'InvalidRange', { RangeRequested: beyondTheEnd, ActualObjectSize })
    },
  )

  test(
    'GetObject with If-Match and a range beyond the end of the object fails with 412 when the ETag does not match',
    evidence(facts.R45),
    async ({ s3, sharedObject }) => {
      const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd, IfMatch: anotherETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test(
    'GetObject with a range and If-None-Match returns 304, not 206, for the current ETag',
    evidence(facts.R46),
    async ({ s3, sharedObject: { address, ETag } }) => {
      const read = s3.send(new GetObjectCommand({ ...address, Range: 'bytes=0-3', IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
    },
  )
})
