import { setTimeout } from 'node:timers/promises'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

/** Adds one to the number that an object holds. */
async function increment(s3: S3Client, counter: { Bucket: string; Key: string }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { Body, ETag } = await s3.send(new GetObjectCommand(counter))
    const next = Number(await Body?.transformToString()) + 1
    try {
      await s3.send(new PutObjectCommand({ ...counter, Body: `${next}`, IfMatch: ETag }))
      return
    } catch (error) {
      // 412: somebody was faster. 409: nothing was written. Either way what was read is old: read again.
      const { name } = error as Error
      if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes(name) || attempt === 50) throw error
      await setTimeout(Math.random() * 10 * attempt)
    }
  }
}

describe('Compare and swap: If-Match with the entity tag that was read', guide('conditional-writes'), () => {
  test('ten callers add ten', evidence('P09', 'P11'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '0' }))

    await Promise.all(Array.from({ length: 10 }, () => increment(s3, key)))

    await expect(key).toHoldObject('10')
  })

  test('without the condition one of two is lost', evidence('P01'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '0' }))
    const read = async () => Number(await (await s3.send(new GetObjectCommand(key))).Body?.transformToString())
    const [one, other] = await Promise.all([read(), read()])

    await s3.send(new PutObjectCommand({ ...key, Body: `${one + 1}` }))
    await s3.send(new PutObjectCommand({ ...key, Body: `${other + 1}` }))

    await expect(key).toHoldObject('1')
  })
})
