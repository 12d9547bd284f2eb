import { inject } from 'vitest'
import { removeBucket } from '../targets/buckets'
import { connect } from '../targets/target'
import { test as base, expect } from '../test'
import { setScene } from './explore'
import { report } from './print'
import { isExpected, STEPS, walk } from './tour'

const test = base
  .extend('interruption', () => new AbortController())
  .extend('scene', async ({ interruption }, { onCleanup }) => {
    const scene = await setScene(inject('target'), interruption.signal)
    onCleanup(async () => {
      const client = connect(inject('target'))
      for (const bucket of scene.buckets) await removeBucket(client, bucket)
      client.destroy()
    })
    return scene
  })

test('the tour shows every step with its exchange and its spec, and counts them', async ({ scene }) => {
  const lines: string[] = []

  const well = await walk(scene, (line) => void lines.push(line))

  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
  expect(count(/^> (GET|PUT) /)).toBe(STEPS.length)
  expect(count(/^Spec: specs\/.+\.spec\.ts, “.+”$/)).toBe(STEPS.length)
  expect(count(/^UNEXPECTED/)).toBe(count(/^not as expected: \d+\. /))
  expect(well).toBe(count(/^UNEXPECTED/) === 0)
})

test('a key that is written is listed, and can be copied and deleted', async ({ scene }) => {
  const written = { ...scene.object, Key: 'a folder/ünïcode & more.txt' }
  const copied = { Bucket: scene.buckets[1] ?? '', Key: 'copy.txt' }
  await scene.send({ operation: 'PutObject', address: written, body: 'text', conditions: { IfNoneMatch: '*' } })
  await scene.send({ operation: 'CopyObject', source: written, address: copied, conditions: {} })

  expect((await scene.list()).map(({ Key }) => Key)).toEqual([written.Key, scene.object.Key, copied.Key])

  const { asked } = await scene.send({ operation: 'DeleteObject', address: written, conditions: {} })
  expect(asked.key).toBe('object')
  await expect(scene.holds(written)).resolves.toBe('deleted')
  await expect(scene.holds({ ...written, Key: 'another' })).resolves.toBe('nothing')
})

test('a refused copy onto a longer object is looked at, whatever the store has made of the object', async ({
  scene,
}) => {
  const source = { ...scene.object, Key: 'short.txt' }
  await scene.send({ operation: 'PutObject', address: source, body: 'text', conditions: {} })

  await scene.send({ operation: 'CopyObject', source, address: scene.object, conditions: { IfNoneMatch: '*' } })

  await expect(scene.holds(scene.object)).resolves.toBe('object')
})

test('a request that nothing documents is explained by its answer alone', async ({ scene }) => {
  const outcome = await scene.send({ operation: 'PutObject', address: scene.object, body: 'text', conditions: {} })

  expect(outcome.judgement).toBe('not stated')
  expect(isExpected(outcome)).toBe(false)
  expect(report(outcome, scene.target)).toContain(
    'No fact describes exactly this request, so what Amazon S3 answers to it is not said here.',
  )
})

test('what comes after an interruption is not sent', async ({ scene, interruption }) => {
  interruption.abort('enough')

  await expect(scene.list()).rejects.toBe('enough')
})
