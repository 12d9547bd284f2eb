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

interface State {
  epoch: number
  leader: string
  value: string
  ETag?: string
}

/**
 * Replaces a state that contains the epoch, the leader and the value, so that these three always match.
 * @returns undefined if the caller is no longer the leader or was not elected
 */
async function swap(s3: S3Client, key: Address, was: State, is: State): Promise<State | undefined> {
  const Body = JSON.stringify({ ...is, ETag: undefined })
  try {
    const { ETag } = await s3.send(new PutObjectCommand({ ...key, Body, IfMatch: was.ETag }))
    return { ...is, ETag }
  } catch (error) {
    if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) throw error
    // If the response to a successful write was lost, the object already has the new state.
    const now = await read(s3, key)
    return JSON.stringify({ ...now, ETag: undefined }) === Body ? now : undefined
  }
}

async function read(s3: S3Client, key: Address): Promise<State> {
  const { Body, ETag } = await s3.send(new GetObjectCommand(key))
  return { ...JSON.parse((await Body?.transformToString()) ?? ''), ETag }
}

const nobody = JSON.stringify({ epoch: 0, leader: 'nobody', value: 'start' })

describe('A leader writes with its epoch, and is told when it leads no more', docs('conditional-writes'), () => {
  test('one of ten candidates leads', { ...evidence(facts.P09, facts.P13), ...rounds(10) }, async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: nobody }))
    const was = await read(s3, key)

    const led = await runConcurrently(10, (leader) =>
      swap(s3, key, was, { epoch: was.epoch + 1, leader, value: was.value }),
    )

    const leaders = clientNames.filter((_, n) => led[n])
    expect(leaders.length).toComeTo(1)
    await expect(key).toHaveBody(JSON.stringify({ epoch: 1, leader: leaders[0], value: 'start' }))
  })

  test('one of ten candidates leads through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    s3,
    key,
  }) => {
    const leading = await flakyClient()
    await s3.send(new PutObjectCommand({ ...key, Body: nobody }))
    const was = await read(s3, key)

    const led = await runConcurrently(10, (leader) => swap(leading, key, was, { ...was, epoch: 1, leader }))

    const leaders = clientNames.filter((_, n) => led[n])
    expect(leaders.length).toComeTo(1)
    await expect(key).toHaveBody(JSON.stringify({ epoch: 1, leader: leaders[0], value: 'start' }))
  })

  test('who was deposed writes nothing', evidence(facts.P13), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: nobody }))
    const was = await read(s3, key)
    const first = (await swap(s3, key, was, { epoch: 1, leader: 'a', value: 'start' })) ?? was
    await swap(s3, key, first, { epoch: 2, leader: 'b', value: 'start' })

    expect((await swap(s3, key, first, { ...first, value: 'by a' })) === undefined).toComeTo(true)
    await expect(key).toHaveBody(JSON.stringify({ epoch: 2, leader: 'b', value: 'start' }))
  })

  test('a leader that only remembers that it leads takes the lead back', evidence(facts.S40), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ epoch: 1, leader: 'a', value: 'start' }) }))
    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ epoch: 2, leader: 'b', value: 'by b' }) }))

    await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ epoch: 1, leader: 'a', value: 'by a' }) }))

    await expect(key).toHaveBody(JSON.stringify({ epoch: 1, leader: 'a', value: 'by a' }))
  })
})
