import { inject } from 'vitest'
import { removeBucket } from '../targets/remove-bucket'
import { connect } from '../targets/target'
import { test as base, expect } from '../test'
import { report } from './print'
import { startSession } from './session'
import { isExpected, STEPS, walk } from './tour'

const test = base
  .extend('interruption', () => new AbortController())
  .extend('session', async ({ interruption }, { onCleanup }) => {
    const session = await startSession(inject('target'), interruption.signal)
    onCleanup(async () => {
      const client = connect(inject('target'))
      for (const bucket of session.buckets) await removeBucket(client, bucket)
      client.destroy()
    })
    return session
  })

test('the tour prints the exchange and the spec of every step, and lists unexpected outcomes at the end', async ({
  session,
}) => {
  const lines: string[] = []

  const well = await walk(session, (line) => void lines.push(line))

  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
  expect(count(/^> (GET|PUT) /)).toBe(STEPS.length)
  expect(count(/^Spec: specs\/.+\.spec\.ts$/)).toBe(STEPS.length)
  expect(count(/^UNEXPECTED/)).toBe(count(/^not as expected: \d+\. /))
  expect(well).toBe(count(/^UNEXPECTED/) === 0)
})

test('a written key is listed, and can be copied', async ({ session }) => {
  const written = { ...session.object, Key: 'a folder/ünïcode & more.txt' }
  const copied = { Bucket: session.buckets[1] ?? '', Key: 'copy.txt' }
  await session.send({ operation: 'PutObject', address: written, body: 'text', conditions: { IfNoneMatch: '*' } })
  await session.send({ operation: 'CopyObject', source: written, address: copied, conditions: {} })

  expect((await session.list()).map(({ Key }) => Key)).toEqual([written.Key, session.object.Key, copied.Key])
})

test('the destination is read after a failed copy onto a longer object, whatever the store did to it', async ({
  session,
}) => {
  const source = { ...session.object, Key: 'short.txt' }
  await session.send({ operation: 'PutObject', address: source, body: 'text', conditions: {} })

  await session.send({ operation: 'CopyObject', source, address: session.object, conditions: { IfNoneMatch: '*' } })

  await expect(session.look(session.object)).resolves.toMatchObject({ current: { body: expect.any(String) } })
})

test('the open question is printed if the response of Amazon S3 is not known', async ({ session }) => {
  const conditions = { IfMatch: 'weak form of the current ETag' } as const
  const outcome = await session.send({ operation: 'GetObject', address: session.object, conditions })

  expect(outcome.judgement).toBe('not known')
  expect(isExpected(outcome)).toBe(false)
  expect(report(outcome, session.target).join('\n')).toMatch(/^Open question O17: /m)
})

test('no request is sent after an interruption', async ({ session, interruption }) => {
  interruption.abort('enough')

  await expect(session.list()).rejects.toBe('enough')
})
