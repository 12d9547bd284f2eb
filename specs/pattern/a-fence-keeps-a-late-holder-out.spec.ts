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

/**
 * Writes a value together with the number of the writer's lease. The number is stored in the body, because an ETag does
 * not cover metadata.
 * @returns false if a holder of a later lease has already written
 */
async function write(s3: S3Client, key: Address, fence: number, value: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const { Body, ETag } = await s3.send(new GetObjectCommand(key))
    if (JSON.parse((await Body?.transformToString()) ?? '').fence > fence) return false
    try {
      await s3.send(new PutObjectCommand({ ...key, Body: JSON.stringify({ fence, value }), IfMatch: ETag }))
      return true
    } catch (error) {
      // The other writer may hold an earlier lease, so read the object again.
      const { name } = error as Error
      if (!['PreconditionFailed', 'ConditionalRequestConflict'].includes(name) || attempt === 50) throw error
      await setTimeout(Math.random() * Math.min(2_000, 25 * 2 ** attempt))
    }
  }
}

const nothing = JSON.stringify({ fence: 0, value: 'nothing' })
const last = JSON.stringify({ fence: 9, value: 'j' })

describe('A fence, the number of a lease, keeps a late holder out', docs('conditional-writes'), () => {
  test('a late holder does not write behind the new one', evidence(facts.P09), async ({ s3, key }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: nothing }))

    expect(await write(s3, key, 2, 'by the new holder')).toComeTo(true)
    expect(await write(s3, key, 1, 'by the late one')).toComeTo(false)

    await expect(key).toHaveBody(JSON.stringify({ fence: 2, value: 'by the new holder' }))
  })

  test('the last of ten holders is the last to write', { ...evidence(facts.P09, facts.P13), ...rounds(10) }, async ({
    s3,
    key,
  }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: nothing }))

    await runConcurrently(10, (caller) => write(s3, key, clientNames.indexOf(caller), caller))

    await expect(key).toHaveBody(last)
  })

  test('so it is through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({ flakyClient, s3, key }) => {
    const writing = await flakyClient()
    await s3.send(new PutObjectCommand({ ...key, Body: nothing }))

    await runConcurrently(10, (caller) => write(writing, key, clientNames.indexOf(caller), caller))

    await expect(key).toHaveBody(last)
  })

  test('to ask who holds the lease and then write is too late', evidence(facts.S40), async ({ s3, key, object }) => {
    await s3.send(new PutObjectCommand({ ...key, Body: 'a' }))
    const { Body: asked } = await s3.send(new GetObjectCommand(key))
    await s3.send(new PutObjectCommand({ ...key, Body: 'b' }))
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'by b' }))

    expect(await asked?.transformToString()).toComeTo('a')
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'by a' }))

    await expect(object).toHaveBody('by a')
  })
})
