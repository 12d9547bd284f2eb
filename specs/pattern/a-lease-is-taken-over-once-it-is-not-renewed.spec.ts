import { setTimeout } from 'node:timers/promises'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
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

const LEASE_MS = 200

/**
 * Takes over a lease if it is not renewed for the duration of a lease. Does not compare clocks. The holder's name must
 * be unique.
 * @returns the fencing number, which increases with each holder
 */
async function takeOver(s3: S3Client, lease: Address, holder: string, lasts = () => setTimeout(LEASE_MS)) {
  const seen = await s3.send(new GetObjectCommand(lease))
  const fence: number = JSON.parse((await seen.Body?.transformToString()) ?? '').fence + 1
  const Body = JSON.stringify({ holder, fence })
  await lasts()
  try {
    // A holder renews the lease by writing a new nonce. This changes the ETag, so the write below fails.
    await s3.send(new PutObjectCommand({ ...lease, Body, IfMatch: seen.ETag }))
    return fence
  } catch (error) {
    if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) throw error
    const now = await s3.send(new GetObjectCommand(lease))
    return (await now.Body?.transformToString()) === Body ? fence : undefined
  }
}

describe('A lease is taken over once it is not renewed', docs('conditional-writes'), () => {
  test('each fence has one holder of ten callers', { ...evidence(facts.P09, facts.P13), ...rounds(10) }, async ({
    s3,
    key,
  }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))

    const taken = await runConcurrently(10, (caller) => takeOver(s3, key, caller))

    const fences = taken.filter((fence) => fence !== undefined).toSorted((a, b) => a - b)
    const holder = clientNames[taken.indexOf(fences.at(-1))]
    expect(fences).toComeTo(fences.map((_, n) => n + 2))
    await expect(key).toHaveBody(JSON.stringify({ holder, fence: fences.length + 1 }))
  })

  test('each fence has one holder through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const taking = await flakyClient()
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))

    const taken = await runConcurrently(10, (caller) => takeOver(taking, key, caller))

    const fences = taken.filter((fence) => fence !== undefined)
    expect(new Set(fences).size).toComeTo(fences.length)
  })

  test('nobody takes over what is renewed', evidence(facts.P13), async ({ s3, key }) => {
    const held = (nonce: number) => ({ ...key, Body: JSON.stringify({ holder: 'a', fence: 1, nonce }) })
    await s3.send(new PutObjectCommand(held(1)))

    const fence = await takeOver(s3, key, 'b', async () => void (await s3.send(new PutObjectCommand(held(2)))))

    expect(fence === undefined).toComeTo(true)
    await expect(key).toHaveBody(held(2).Body)
  })

  test('without the condition two take over what both have seen end', evidence(facts.S40), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ holder: 'gone', fence: 1 }) }))
    const next = async (holder: string) => {
      const { Body } = await s3.send(new GetObjectCommand(key))
      return JSON.stringify({ holder, fence: JSON.parse((await Body?.transformToString()) ?? '').fence + 1 })
    }
    const [one, other] = await Promise.all([next('a'), next('b')])

    await s3.send(new PutObjectCommand({ ...key, Body: one }))
    await s3.send(new PutObjectCommand({ ...key, Body: other }))

    await expect(key).toHaveBody(JSON.stringify({ holder: 'b', fence: 2 }))
  })
})
