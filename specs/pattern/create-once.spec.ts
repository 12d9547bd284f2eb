import { randomUUID } from 'node:crypto'
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
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

/** Creates an object if the key has none. Returns whether this call created the object. */
async function create(s3: S3Client, key: Address, Body: string): Promise<boolean> {
  const token = randomUUID()
  for (let attempt = 1; ; attempt++) {
    try {
      await s3.send(new PutObjectCommand({ ...key, Body, Metadata: { token }, IfNoneMatch: '*' }))
      return true
    } catch (error) {
      const { name } = error as Error
      // A 409 does not mean that the object exists. Nothing was written, and the conflicting request may be a delete.
      if (name === 'ConditionalRequestConflict' && attempt < 10) continue
      if (name !== 'PreconditionFailed') throw error
      // This write itself may have caused the 412: if a response is lost, the SDK sends the write again.
      const stored = await s3.send(new HeadObjectCommand(key))
      return stored.Metadata?.token === token
    }
  }
}

describe('Create once: If-None-Match: *, and a token to know one’s own write', docs('conditional-writes'), () => {
  test('one of ten callers creates, and nine are told', {
    ...evidence(facts.P01, facts.P02, facts.P22),
    ...rounds(10),
  }, async ({ s3, key }) => {
    const created = await runConcurrently(10, (caller) => create(s3, key, caller))

    expect(created.filter(Boolean).length).toComeTo(1)
    await expect(key).toHaveBody(clientNames[created.indexOf(true)] ?? 'nobody')
  })

  test('knows its own write when the answer is lost', evidence(facts.S12), async ({ clientWithLostResponse, key }) => {
    expect(await create(await clientWithLostResponse(500), key, 'mine')).toComeTo(true)
    await expect(key).toHaveBody('mine')
  })

  test('one of ten creates through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    key,
  }) => {
    const s3 = await flakyClient()

    const created = await runConcurrently(10, (caller) => create(s3, key, caller))

    expect(created.filter(Boolean).length).toComeTo(1)
    await expect(key).toHaveBody(clientNames[created.indexOf(true)] ?? 'nobody')
  })

  test('to look first and then write loses one of two', evidence(facts.S40), async ({ s3, key }) => {
    const absent = () => s3.send(new HeadObjectCommand(key)).catch(({ name }) => name)
    const seen = await Promise.all([absent(), absent()])

    await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
    await s3.send(new PutObjectCommand({ ...key, Body: 'second' }))

    expect(seen).toComeTo(['NotFound', 'NotFound'])
    await expect(key).toHaveBody('second')
  })
})
