import { randomUUID } from 'node:crypto'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { clientNames, describe, docs, evidence, expect, facts, rounds, test } from '../../support/test'

// This is the ABA problem: when an object gets its earlier bytes back, it also gets its earlier ETag back. A nonce
// makes the bytes unique.
const withNonce = (state: string) => JSON.stringify({ state, nonce: randomUUID() })

describe('Equal bytes swap unnoticed, unless a nonce makes them unequal', docs('conditional-writes'), () => {
  test('a swap holds after there and back', evidence(facts.S22, facts.P09), async ({ s3, key }) => {
    const read = await s3.send(new PutObjectCommand({ ...key, Body: 'free' }))
    await s3.send(new PutObjectCommand({ ...key, Body: 'taken' }))
    await s3.send(new PutObjectCommand({ ...key, Body: 'free' }))

    await s3.send(new PutObjectCommand({ ...key, Body: 'taken by whom?', IfMatch: read.ETag }))

    await expect(key).toHaveBody('taken by whom?')
  })

  test('a nonce in what is written tells them apart', evidence(facts.S22, facts.P13), async ({ s3, key }) => {
    const read = await s3.send(new PutObjectCommand({ ...key, Body: withNonce('free') }))
    await s3.send(new PutObjectCommand({ ...key, Body: withNonce('taken') }))
    const last = withNonce('free')
    await s3.send(new PutObjectCommand({ ...key, Body: last }))

    const swap = s3.send(new PutObjectCommand({ ...key, Body: withNonce('taken'), IfMatch: read.ETag }))

    await expect(swap).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(key).toHaveBody(last)
  })

  test('ten callers take what is free with a nonce once', { ...evidence(facts.S22, facts.P13), ...rounds(10) }, async ({
    s3,
    key,
  }) => {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body: withNonce('free') }))
    const take = (caller: string) => new PutObjectCommand({ ...key, Body: caller, IfMatch: ETag })

    const taken = await Promise.allSettled(clientNames.map((caller) => s3.send(take(caller))))

    const holders = clientNames.filter((_, n) => taken[n]?.status === 'fulfilled')
    expect(holders.length).toComeTo(1)
    await expect(key).toHaveBody(holders[0] ?? 'nobody')
  })
})
