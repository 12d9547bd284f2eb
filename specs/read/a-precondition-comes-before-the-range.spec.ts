import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const beyondTheEnd = 'bytes=1000000-1000001'

describe('A precondition is evaluated before the range', docs('conditional-reads'), () => {
  test('GetObject answers 206 to If-Match with its entity tag', evidence(facts.R44), async ({ s3, object }) => {
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3', IfMatch: object.ETag }))

    await expect(read).toBeAnswered('206')
    await expect(read).toAnswerWith({ ContentRange: `bytes 0-3/${object.body.length}`, Body: object.body.slice(0, 4) })
  })

  test('GetObject answers 412 to If-Match once it is overwritten', evidence(facts.R45), async ({ s3, ownObject }) => {
    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'overwritten' }))

    const read = s3.send(new GetObjectCommand({ ...ownObject.address, Range: 'bytes=0-3', IfMatch: ownObject.ETag }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })

  test('GetObject answers 416 for a range beyond the end', evidence(facts.R47), async ({ s3, object }) => {
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: beyondTheEnd }))

    const ActualObjectSize = String(object.body.length)
    await expect(read).toBeRefused(416, 'InvalidRange', { RangeRequested: beyondTheEnd, ActualObjectSize })
  })

  test('GetObject answers 412 to If-Match for a range beyond the end', evidence(facts.R45), async ({ s3, object }) => {
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: beyondTheEnd, IfMatch: anotherETag }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })

  test('GetObject answers 304, not 206, to If-None-Match', evidence(facts.R46), async ({ s3, object }) => {
    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3', IfNoneMatch: object.ETag }))

    await expect(read).toBeNotModified()
  })
})
