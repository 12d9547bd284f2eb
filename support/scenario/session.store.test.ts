import { inject } from 'vitest'
import { removeBucket } from '../targets/buckets'
import { connect } from '../targets/target'
import { test as base, expect } from '../test'
import { report } from './print'
import type { Conditions } from './request'
import { setScene } from './session'
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
  expect(count(/^Spec: specs\/.+\.spec\.ts$/)).toBe(STEPS.length)
  expect(count(/^UNEXPECTED/)).toBe(count(/^not as expected: \d+\. /))
  expect(well).toBe(count(/^UNEXPECTED/) === 0)
})

test('a key that is written is listed, and can be copied and deleted', async ({ scene }) => {
  const written = { ...scene.object, Key: 'a folder/ünïcode & more.txt' }
  const copied = { Bucket: scene.buckets[1] ?? '', Key: 'copy.txt' }
  await scene.send({ operation: 'PutObject', address: written, body: 'text', conditions: { IfNoneMatch: '*' } })
  await scene.send({ operation: 'CopyObject', source: written, address: copied, conditions: {} })

  expect((await scene.list()).map(({ Key }) => Key)).toEqual([written.Key, scene.object.Key, copied.Key])

  await scene.send({ operation: 'DeleteObject', address: written, conditions: {} })
  await expect(scene.look(written)).resolves.toMatchObject({ current: 'nothing' })
})

test('a refused copy onto a longer object is looked at, whatever the store has made of the object', async ({
  scene,
}) => {
  const source = { ...scene.object, Key: 'short.txt' }
  await scene.send({ operation: 'PutObject', address: source, body: 'text', conditions: {} })

  await scene.send({ operation: 'CopyObject', source, address: scene.object, conditions: { IfNoneMatch: '*' } })

  await expect(scene.look(scene.object)).resolves.toMatchObject({ current: { body: expect.any(String) } })
})

test('what nobody knows is said with the open question, and what is typed is sent as it is', async ({ scene }) => {
  const ask = (conditions: Conditions) => scene.send({ operation: 'GetObject', address: scene.object, conditions })
  const outcome = await ask({ IfMatch: 'weak current' })
  const typed = await ask({ IfMatch: { typed: '' }, IfModifiedSince: { typed: 'yesterday' } })

  expect(typed.exchange.request.headers).toMatchObject({ 'if-match': '', 'if-modified-since': 'yesterday' })
  expect(outcome.judgement).toBe('not known')
  expect(isExpected(outcome)).toBe(false)
  expect(report(outcome, scene.target).join('\n')).toMatch(/^Open question O17: /m)
})

test('a bucket that keeps versions gets a delete marker, and its versions can be read', async ({ scene }) => {
  const address = { Bucket: await scene.keepVersions(), Key: 'kept.txt' }
  await scene.send({ operation: 'PutObject', address, body: '', conditions: { IfNoneMatch: '*' } })
  const removed = await scene.send({ operation: 'DeleteObject', address, conditions: {} })
  const { current, versions } = await scene.look(address)
  const id = versions.find(({ marker }) => !marker)?.id ?? ''
  const read = await scene.send({ operation: 'GetObject', address: { ...address, VersionId: id }, conditions: {} })

  expect(removed.explanation.outcome).toMatchObject({ effect: 'delete marker made' })
  expect(current).toBe('delete marker')
  expect(read).toMatchObject({ judgement: 'as expected', exchange: { response: { status: 200 } } })
})

test('an upload is created, gets its part and is completed under a condition, and again', async ({ scene }) => {
  const address = { ...scene.object, Key: 'in-parts.txt' }
  await scene.send({ operation: 'CreateMultipartUpload', address, conditions: {} })
  const uploadId = scene.uploads()[0]?.id ?? ''
  const upload = { address, uploadId } as const
  const onSource = { CopySourceIfMatch: 'other' } as const
  const refused = await scene.send({
    ...upload,
    operation: 'UploadPartCopy',
    source: scene.object,
    conditions: onSource,
  })
  await scene.send({ ...upload, operation: 'UploadPart', body: 'part', conditions: {} })
  const completed = await scene.send({
    ...upload,
    operation: 'CompleteMultipartUpload',
    conditions: { IfNoneMatch: '*' },
  })

  expect(refused.explanation.outcome).toMatchObject({ kind: 'refused', error: { status: 412 } })
  expect(completed.explanation.outcome).toMatchObject({ kind: 'accepted', effect: 'written' })
  expect(scene.uploads()).toMatchObject([{ state: 'completed' }])
  const replayed = await scene.send(completed.again)
  expect(replayed.explanation.facts).toContain('M19')
})

test('a completion knows that the key was written since the upload was created', async ({ scene }) => {
  const address = { ...scene.object, Key: 'raced.txt' }
  await scene.send({ operation: 'CreateMultipartUpload', address, conditions: {} })
  const upload = { address, uploadId: scene.uploads()[0]?.id ?? '' } as const
  await scene.send({ ...upload, operation: 'UploadPart', body: '', conditions: {} })
  await scene.send({ operation: 'PutObject', address, body: 'sooner', conditions: {} })

  const completed = await scene.send({
    ...upload,
    operation: 'CompleteMultipartUpload',
    conditions: { IfMatch: 'current' },
  })

  expect(completed.explanation.outcome).toMatchObject({ kind: 'refused', error: { status: 409 } })
})

test('what comes after an interruption is not sent', async ({ scene, interruption }) => {
  interruption.abort('enough')

  await expect(scene.list()).rejects.toBe('enough')
})
