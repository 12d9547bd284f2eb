import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import {
  type Address,
  clientNames,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

/** Acquires a lock, and returns undefined if another client holds it. The holder's name must be unique. */
async function lock(s3: S3Client, key: Address, holder: string): Promise<{ ETag?: string } | undefined> {
  try {
    return await s3.send(new PutObjectCommand({ ...key, Body: holder, IfNoneMatch: '*' }))
  } catch (error) {
    const { name } = error as Error
    if (name === 'ConditionalRequestConflict') return undefined
    if (name !== 'PreconditionFailed') throw error
    // If the response was lost and the SDK retried, the lock may already belong to this client.
    const { Body, ETag } = await s3.send(new GetObjectCommand(key))
    return (await Body?.transformToString()) === holder ? { ETag } : undefined
  }
}

/** Releases a lock, and returns false if the client no longer holds it. */
async function unlock(s3: S3Client, key: Address, { ETag }: { ETag?: string }): Promise<boolean> {
  try {
    await s3.send(new DeleteObjectCommand({ ...key, IfMatch: ETag }))
    return true
  } catch (error) {
    if (['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes((error as Error).name)) return false
    throw error
  }
}

describe('A lock is released by its holder alone: delete it with If-Match', docs('conditional-deletes'), () => {
  test('one of ten callers holds it', { ...evidence(facts.P02), ...rounds(10) }, async ({ s3, key }) => {
    const locks = await runConcurrently(10, (caller) => lock(s3, key, caller))

    const holders = clientNames.filter((_, n) => locks[n])
    expect(holders.length).toComeTo(1)
    await expect(key).toHaveBody(holders[0] ?? 'nobody')
  })

  test('is free again once its holder has released it', evidence(facts.X01), async ({ s3, key }) => {
    const held = (await lock(s3, key, 'a')) ?? {}

    expect(await unlock(s3, key, held)).toComeTo(true)
    expect((await lock(s3, key, 'b')) !== undefined).toComeTo(true)
  })

  test('is not released by who had it before', evidence(facts.X03), async ({ s3, key }) => {
    const held = (await lock(s3, key, 'a')) ?? {}
    await s3.send(new PutObjectCommand({ ...key, Body: 'b, who broke a lock too old' }))

    expect(await unlock(s3, key, held)).toComeTo(false)
    await expect(key).toHaveBody('b, who broke a lock too old')
  })

  test('is held when the answer is lost', evidence(facts.S12), async ({ clientWithLostResponse, key }) => {
    expect((await lock(await clientWithLostResponse(500), key, 'a')) !== undefined).toComeTo(true)
    await expect(key).toHaveBody('a')
  })

  test('one of ten holds it through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    key,
  }) => {
    const s3 = await flakyClient()

    const locks = await runConcurrently(10, (caller) => lock(s3, key, caller))
    const holders = clientNames.filter((_, n) => locks[n])

    expect(holders.length).toComeTo(1)
    await expect(key).toHaveBody(holders[0] ?? 'nobody')
  })

  test('a plain delete releases the lock of another', evidence(facts.S40), async ({ s3, key }) => {
    await lock(s3, key, 'a')
    await s3.send(new PutObjectCommand({ ...key, Body: 'b, who broke a lock too old' }))

    await s3.send(new DeleteObjectCommand(key))

    expect((await lock(s3, key, 'c, beside b')) !== undefined).toComeTo(true)
  })
})
