import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

interface Key {
  Bucket: string
  Key: string
}

/** Takes a lock; undefined while somebody has it. A client with retries needs a token, as in `create-once`. */
async function lock(s3: S3Client, key: Key, holder: string): Promise<{ ETag?: string } | undefined> {
  try {
    return await s3.send(new PutObjectCommand({ ...key, Body: holder, IfNoneMatch: '*' }))
  } catch (error) {
    if (['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) return undefined
    throw error
  }
}

/** Releases a lock that was taken; false when somebody else has it by now, or nobody. */
async function unlock(s3: S3Client, key: Key, { ETag }: { ETag?: string }): Promise<boolean> {
  try {
    await s3.send(new DeleteObjectCommand({ ...key, IfMatch: ETag }))
    return true
  } catch (error) {
    if (['PreconditionFailed', 'NoSuchKey'].includes((error as Error).name)) return false
    throw error
  }
}

const callers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

describe('A lock is released by its holder alone: delete it with If-Match', guide('conditional-deletes'), () => {
  test('one of ten callers holds it', evidence('P02'), async ({ s3, key }) => {
    const locks = await Promise.all(callers.map((caller) => lock(s3, key, caller)))

    const holders = callers.filter((_, n) => locks[n])
    expect(holders.length).toComeTo(1)
    await expect(key).toHoldObject(holders[0] ?? 'nobody')
  })

  test('is free again once its holder has released it', evidence('X01'), async ({ s3, key }) => {
    const held = (await lock(s3, key, 'a')) ?? {}

    expect(await unlock(s3, key, held)).toComeTo(true)
    expect((await lock(s3, key, 'b')) !== undefined).toComeTo(true)
  })

  test('is not released by who had it before', evidence('X03'), async ({ s3, key }) => {
    const held = (await lock(s3, key, 'a')) ?? {}
    await s3.send(new PutObjectCommand({ ...key, Body: 'b, who broke a lock too old' }))

    expect(await unlock(s3, key, held)).toComeTo(false)
    await expect(key).toHoldObject('b, who broke a lock too old')
  })

  test('a plain delete releases the lock of another', evidence('P03'), async ({ s3, key }) => {
    await lock(s3, key, 'a')
    await s3.send(new PutObjectCommand({ ...key, Body: 'b, who broke a lock too old' }))

    await s3.send(new DeleteObjectCommand(key))

    expect((await lock(s3, key, 'c, beside b')) !== undefined).toComeTo(true)
  })
})
