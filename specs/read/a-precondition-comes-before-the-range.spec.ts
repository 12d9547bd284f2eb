import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const beyondTheEnd = 'bytes=1000000-1000001'

describe('A precondition is evaluated before the range', guide('conditional-reads'), () => {
  test('If-Match with the current entity tag reads the range: 206', evidence('R44'), async ({ s3, sharedObject }) => {
    const answer = await s3.send(
      new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3', IfMatch: sharedObject.ETag }),
    )

    expect(answer.$metadata.httpStatusCode).toBe(206)
    expect(answer.ContentRange).toBe(`bytes 0-3/${sharedObject.body.length}`)
    expect(await answer.Body?.transformToString()).toBe(sharedObject.body.slice(0, 4))
  })

  test('If-Match with the entity tag of what was overwritten since: 412', evidence('R45'), async ({ s3, object }) => {
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'overwritten' }))

    const read = s3.send(new GetObjectCommand({ ...object.address, Range: 'bytes=0-3', IfMatch: object.ETag }))

    await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
  })

  test('a range beyond the end: 416', evidence('R47'), async ({ s3, sharedObject }) => {
    const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd }))

    const ActualObjectSize = String(sharedObject.body.length)
    await expect(read).toBeRefused(416, 'InvalidRange', { RangeRequested: beyondTheEnd, ActualObjectSize })
  })

  test(
    'a range beyond the end and If-Match with another entity tag: 412',
    evidence('R45'),
    async ({ s3, sharedObject }) => {
      const read = s3.send(new GetObjectCommand({ ...sharedObject.address, Range: beyondTheEnd, IfMatch: anotherETag }))

      await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test('If-None-Match with the current entity tag: 304, not 206', evidence('R46'), async ({ s3, sharedObject }) => {
    const read = s3.send(
      new GetObjectCommand({ ...sharedObject.address, Range: 'bytes=0-3', IfNoneMatch: sharedObject.ETag }),
    )

    await expect(read).toBeNotModified()
  })
})
