import { setTimeout } from 'node:timers/promises'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { callers, describe, evidence, expect, guide, needing, tenCallers, test } from '../../support/test'

interface Key {
  Bucket: string
  Key: string
}

const LEASE_MS = 200

/**
 * Takes over a lease that is not renewed while one lasts, in a name that nobody else has; no clocks are compared.
 * @returns the fence, which grows with each holder
 */
async function takeOver(s3: S3Client, lease: Key, holder: string, lasts = () => setTimeout(LEASE_MS)) {
  const seen = await s3.send(new GetObjectCommand(lease))
  const fence: number = JSON.parse((await seen.Body?.transformToString()) ?? '').fence + 1
  const Body = JSON.stringify({ holder, fence })
  await lasts()
  try {
    // A holder renews by writing with another nonce: then the entity tag is another, and this is refused.
    await s3.send(new PutObjectCommand({ ...lease, Body, IfMatch: seen.ETag }))
    return fence
  } catch (error) {
    if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) throw error
    const now = await s3.send(new GetObjectCommand(lease))
    return (await now.Body?.transformToString()) === Body ? fence : undefined
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

describe('A lease ends, and a fence keeps the late holder out', guide('conditional-writes'), () => {
  test('each fence has one holder of ten callers', evidence('P09', 'P13'), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))

    const taken = await tenCallers((caller) => takeOver(s3, key, caller))

    const fences = taken.filter((fence) => fence !== undefined).toSorted((a, b) => a - b)
    const holder = callers[taken.indexOf(fences.at(-1))]
    expect(fences).toComeTo(fences.map((_, n) => n + 2))
    await expect(key).toHoldObject(JSON.stringify({ holder, fence: fences.length + 1 }))
  })

  test('each fence has one holder through every fault', needing('proxy', 'S12'), async ({ faulty, s3, key }) => {
    const taking = await faulty()
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))

    const taken = await tenCallers((caller) => takeOver(taking, key, caller))

    const fences = taken.filter((fence) => fence !== undefined).toSorted((a, b) => a - b)
    expect(fences).toComeTo(fences.map((_, n) => n + 2))
  })

  test('nobody takes over what is renewed', evidence('P13'), async ({ s3, key }) => {
    const held = (nonce: number) => ({ ...key, Body: JSON.stringify({ holder: 'a', fence: 1, nonce }) })
    await s3.send(new PutObjectCommand(held(1)))

    const fence = await takeOver(s3, key, 'b', async () => void (await s3.send(new PutObjectCommand(held(2)))))

    expect(fence === undefined).toComeTo(true)
    await expect(key).toHoldObject(held(2).Body)
  })

  test('a late holder does not write behind the new one', evidence('P09'), async ({ s3, ownObject }) => {
    const target = ownObject.address

    expect(await write(s3, target, { fence: 2 }, 'by the new holder')).toComeTo(true)
    expect(await write(s3, target, { fence: 1 }, 'by the late one')).toComeTo(false)

    await expect(ownObject).toHoldObject('by the new holder')
  })

  test('to ask for the lease and then write is too late', evidence('S40'), async ({ s3, key, ownObject }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'a' }))
    const { Body: asked } = await s3.send(new GetObjectCommand(key))
    await s3.send(new PutObjectCommand({ ...key, Body: 'b' }))
    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'by b' }))

    expect(await asked?.transformToString()).toComeTo('a')
    await s3.send(new PutObjectCommand({ ...ownObject.address, Body: 'by a' }))

    await expect(ownObject).toHoldObject('by a')
  })
})
