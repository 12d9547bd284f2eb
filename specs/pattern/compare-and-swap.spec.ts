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

/** Adds one to the caller's count in an object that contains a count for each caller. */
async function increment(s3: S3Client, counter: Address, caller: string): Promise<void> {
  let mine: number | undefined
  for (let attempt = 1; ; attempt++) {
    const { Body, ETag } = await s3.send(new GetObjectCommand(counter))
    const counts: Record<string, number> = JSON.parse((await Body?.transformToString()) ?? '')
    mine ??= (counts[caller] ?? 0) + 1
    // If the response to a successful write was lost, the object already has the new count. Do not count twice.
    if (counts[caller] === mine) return
    try {
      const next = JSON.stringify({ ...counts, [caller]: mine })
      await s3.send(new PutObjectCommand({ ...counter, Body: next, IfMatch: ETag }))
      return
    } catch (error) {
      // 412: another client was faster. 409: nothing was written. In both cases, the object must be read again.
      const { name } = error as Error
      if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes(name) || attempt === 50) throw error
      await setTimeout(Math.random() * Math.min(2_000, 25 * 2 ** attempt))
    }
  }
}

describe('Compare and swap: If-Match with what was read', { ...docs('conditional-writes'), timeout: 90_000 }, () => {
  test('ten callers add ten', { ...evidence(facts.P09, facts.P13), ...rounds(10) }, async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '{}' }))

    await runConcurrently(10, (caller) => increment(s3, key, caller))

    const { Body } = await s3.send(new GetObjectCommand(key))
    const counts = JSON.parse((await Body?.transformToString()) ?? '')
    expect(Object.keys(counts).toSorted()).toComeTo(clientNames)
    expect(Object.values(counts)).toComeTo(clientNames.map(() => 1))
  })

  test('counts once when the answer is lost', evidence(facts.S12), async ({ clientWithLostResponse, s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '{}' }))

    await increment(await clientWithLostResponse(500), key, 'a')

    await expect(key).toHaveBody('{"a":1}')
  })

  test('ten callers add ten through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const swapping = await flakyClient()
    await s3.send(new PutObjectCommand({ ...key, Body: '{}' }))

    await runConcurrently(10, (caller) => increment(swapping, key, caller))

    const { Body } = await s3.send(new GetObjectCommand(key))
    const counts = Object.entries(JSON.parse((await Body?.transformToString()) ?? '')).toSorted()
    expect(counts).toComeTo(clientNames.map((caller) => [caller, 1]))
  })

  test('without the condition one of two is lost', evidence(facts.S40), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: '0' }))
    const read = async () => Number(await (await s3.send(new GetObjectCommand(key))).Body?.transformToString())
    const [one, other] = await Promise.all([read(), read()])

    await s3.send(new PutObjectCommand({ ...key, Body: `${one + 1}` }))
    await s3.send(new PutObjectCommand({ ...key, Body: `${other + 1}` }))

    await expect(key).toHaveBody('1')
  })
})
