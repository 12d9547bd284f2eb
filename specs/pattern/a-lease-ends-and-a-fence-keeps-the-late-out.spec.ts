import { setTimeout } from 'node:timers/promises'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

interface Key {
  Bucket: string
  Key: string
}

const LEASE_MS = 200

/** Takes over a lease that is not renewed while one lasts; no clocks are compared. The fence grows with each holder. */
async function takeOver(s3: S3Client, lease: Key, holder: string): Promise<{ fence: number } | undefined> {
  const seen = await s3.send(new GetObjectCommand(lease))
  const { fence } = JSON.parse((await seen.Body?.transformToString()) ?? '')
  await setTimeout(LEASE_MS)
  try {
    // A holder renews by writing with another nonce: then the entity tag is another, and this is refused.
    await s3.send(
      new PutObjectCommand({ ...lease, Body: JSON.stringify({ holder, fence: fence + 1 }), IfMatch: seen.ETag }),
    )
    return { fence: fence + 1 }
  } catch (error) {
    if (['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) return undefined
    throw error
  }
}

/** Writes with the fence of a lease; false when a later holder has written. */
async function write(s3: S3Client, target: Key, { fence }: { fence: number }, Body: string): Promise<boolean> {
  const { ETag, Metadata } = await s3.send(new HeadObjectCommand(target))
  if (Number(Metadata?.fence) > fence) return false
  try {
    await s3.send(new PutObjectCommand({ ...target, Body, Metadata: { fence: `${fence}` }, IfMatch: ETag }))
    return true
  } catch (error) {
    if (['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) return false
    throw error
  }
}

const callers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

describe('A lease ends, and a fence keeps the late holder out', guide('conditional-writes'), () => {
  test('one of ten callers takes over', evidence('P09', 'P11'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))

    const taken = await Promise.all(callers.map((caller) => takeOver(s3, key, caller)))

    const holders = callers.filter((_, n) => taken[n])
    expect(holders.length).toComeTo(1)
    await expect(key).toHoldObject(JSON.stringify({ holder: holders[0], fence: 2 }))
  })

  test('nobody takes over what is renewed', evidence('P11'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'a', fence: 1, nonce: 1 }) }))

    const late = takeOver(s3, key, 'b')
    await setTimeout(LEASE_MS / 2)
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'a', fence: 1, nonce: 2 }) }))

    expect((await late) === undefined).toComeTo(true)
    await expect(key).toHoldObject(JSON.stringify({ holder: 'a', fence: 1, nonce: 2 }))
  })

  test('a late holder does not write behind the new one', evidence('P11'), async ({ s3, ownObject }) => {
    const target = ownObject.address

    expect(await write(s3, target, { fence: 2 }, 'by the new holder')).toComeTo(true)
    expect(await write(s3, target, { fence: 1 }, 'by the late one')).toComeTo(false)

    await expect(ownObject).toHoldObject('by the new holder')
  })

  test('to ask for the lease and then write is too late', evidence('P01'), async ({ s3, key, ownObject }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'a' }))
    const { Body: asked } = await s3.send(new GetObjectCommand(key))
    await s3.send(new PutObjectCommand({ ...key, Body: 'b' }))
    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'by b' }))

    expect(await asked?.transformToString()).toComeTo('a')
    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'by a' }))

    await expect(ownObject).toHoldObject('by a')
  })
})
