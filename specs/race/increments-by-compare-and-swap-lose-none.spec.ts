import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

/** Adds one to the number that an object holds, as often as it takes until nobody else was faster. */
async function increment(s3: S3Client, counter: { Bucket: string; Key: string }): Promise<void> {
  const { Body, ETag } = await s3.send(new GetObjectCommand(counter))
  const next = Number(await Body?.transformToString()) + 1
  try {
    await s3.send(new PutObjectCommand({ ...counter, Body: `${next}`, IfMatch: ETag }))
  } catch (error) {
    const { name } = error as Error
    if (name !== 'PreconditionFailed' && name !== 'ConditionalRequestConflict') throw error
    return increment(s3, counter)
  }
}

describe.sequential('Five increments by each of ten writers come to fifty', {
  ...docs('conditional-writes', { promise: 'compare-and-swap' }),
  ...rounds(10),
}, () => {
  test('by If-Match with the entity tag that was read', evidence(facts.P09, facts.P25), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '0' }))

    const writers = Array.from({ length: 10 }, async () => {
      for (let n = 0; n < 5; n++) await increment(s3, key)
    })
    await Promise.all(writers)

    await expect(key).toHaveBody('50')
  })
})
