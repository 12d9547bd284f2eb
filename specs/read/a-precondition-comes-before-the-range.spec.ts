import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/read'

const beyondTheEnd = 'bytes=1000000-1000001'

describe('A precondition is evaluated before the range', docs('conditional-reads'), () => {
  test('GetObject answers 206 to If-Match with its entity tag', evidence(facts.R44), async ({ s3, sharedObject }) => {
    const read = s3.send(
      new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3', IfMatch: sharedObject.ETag }),
    )

    await expect(read).toReturnStatus(206)
    await expect(read).toHaveOutput({
      ContentRange: `bytes 0-3/${sharedObject.body.length}`,
      Body: sharedObject.body.slice(0, 4),
    })
  })

  test('GetObject answers 412 to If-Match once it is overwritten', evidence(facts.R45), async ({ s3, object }) => {
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'overwritten' }))

    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3', IfMatch: object.ETag }))

    await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })

  test('GetObject answers 416 for a range beyond the end', evidence(facts.R47), async ({ s3, sharedObject }) => {
    const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd }))

    const ActualObjectSize = String(sharedObject.body.length)
    await expect(read).toFailWith(416, 'InvalidRange', { RangeRequested: beyondTheEnd, ActualObjectSize })
  })

  test(
    'GetObject answers 412 to If-Match for a range beyond the end',
    evidence(facts.R45),
    async ({ s3, sharedObject }) => {
      const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd, IfMatch: anotherETag }))

      await expect(read).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test('GetObject answers 304, not 206, to If-None-Match', evidence(facts.R46), async ({ s3, sharedObject }) => {
    const read = s3.send(
      new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3', IfNoneMatch: sharedObject.ETag }),
    )

    await expect(read).toReturnStatus(304)
  })
})
