import { once } from 'node:events'
import { createServer } from 'node:net'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, test, vi } from 'vitest'
import { send, signedBy } from '../test/process.ts'
import { startReferenceStore } from './index.ts'

test('A new store has an endpoint, a clientConfig and two users, and is empty', async () => {
  await using store = await startReferenceStore()
  const { endpoint, credentials } = store
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(credentials).toEqual({ accessKeyId: 'test', secretAccessKey: 'test' })
  expect(store.clientConfig).toEqual({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true })
  const arn = 'arn:aws:iam::000000000000:user/guest'
  expect(store.secondUser).toEqual({ accessKeyId: 'guest', secretAccessKey: 'guest', arn })
  expect(store.faults.list()).toEqual([])
  expect(store.log).toEqual([])
})

test('The AWS SDK works with clientConfig and with the credentials of the second user', async () => {
  await using store = await startReferenceStore({ verifySignatures: true })
  const s3 = new S3Client(store.clientConfig)
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }))
  const object = { Bucket: 'bucket', Key: 'a key/é' }
  await s3.send(new PutObjectCommand({ ...object, Body: 'text', IfNoneMatch: '*' }))
  const { Body } = await s3.send(new GetObjectCommand(object))
  expect(await Body?.transformToString()).toBe('text')
  const guest = new S3Client({ ...store.clientConfig, credentials: store.secondUser })
  await expect(guest.send(new GetObjectCommand(object))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('A store logs a conditional request with the facts behind the response', async () => {
  const log = vi.fn()
  await using store = await startReferenceStore({ log })
  await send(`${store.endpoint}/bucket`, 'PUT')
  expect(log).not.toHaveBeenCalled()
  await send(`${store.endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })
  expect(log.mock.calls).toEqual([
    [expect.stringMatching(/^PutObject bucket\/key, if-none-match: \* → 200.*\([A-Z]\d+/)],
  ])
  expect(store.log).toEqual(log.mock.calls.flat())
})

test('The reset() method drops all buckets, faults and log lines', async () => {
  await using store = await startReferenceStore({
    faults: [{ fault: 'unavailable', operation: 'GetObject', key: 'x' }],
  })
  await send(`${store.endpoint}/bucket`, 'PUT')
  await send(`${store.endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })
  store.faults.add({ fault: 'latency', operation: '*', milliseconds: 1 })
  expect(store.faults.list()).toHaveLength(2)
  store.reset()
  expect(store.faults.list()).toEqual([])
  expect(store.log).toEqual([])
  expect((await send(`${store.endpoint}/bucket/key`, 'GET')).status).toBe(404)
  expect((await send(`${store.endpoint}/bucket`, 'PUT')).status).toBe(200)
})

test('POST /_reference/reset drops all faults and log lines', async () => {
  await using store = await startReferenceStore()
  await send(`${store.endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })
  store.faults.add({ fault: 'unavailable', operation: '*', times: 1 })
  expect((await fetch(`${store.endpoint}/_reference/reset`, { method: 'POST' })).status).toBe(204)
  expect([store.log, store.faults.list()]).toEqual([[], []])
})

test('The faults.add() method throws a TypeError for a fault that can never happen', async () => {
  await using store = await startReferenceStore()
  expect(() => store.faults.add({ fault: 'conflict', operation: 'GetObject' })).toThrow(TypeError)
})

test('The `now` option sets the clock of the store', async () => {
  await using store = await startReferenceStore({ now: () => new Date('2020-02-29T12:00:00Z') })
  await send(`${store.endpoint}/bucket`, 'PUT')
  await send(`${store.endpoint}/bucket/key`, 'PUT')
  const { headers } = await send(`${store.endpoint}/bucket/key`, 'HEAD')
  expect(headers.get('last-modified')).toBe('Sat, 29 Feb 2020 12:00:00 GMT')
})

test('The `maxBytes` option limits the number of stored bytes', async () => {
  await using store = await startReferenceStore({ maxBytes: 10 })
  await send(`${store.endpoint}/bucket`, 'PUT')
  const put = { method: 'PUT', headers: signedBy('test') }
  expect((await fetch(`${store.endpoint}/bucket/key`, { ...put, body: 'x'.repeat(11) })).status).toBe(503)
  expect((await fetch(`${store.endpoint}/bucket/key`, { ...put, body: 'x'.repeat(10) })).status).toBe(200)
})

test('A request with an invalid signature fails with 403 if the `verifySignatures` option is set', async () => {
  await using store = await startReferenceStore({ verifySignatures: true })
  expect((await send(`${store.endpoint}/bucket`, 'PUT')).status).toBe(403)
})

test('The close() method closes all connections, and can be called more than once', async () => {
  const store = await startReferenceStore()
  await send(`${store.endpoint}/bucket`, 'PUT')
  await Promise.all([store.close(), store.close(), store[Symbol.asyncDispose]()])
  await expect(send(`${store.endpoint}/bucket`, 'PUT')).rejects.toThrow()
})

test('Two stores share no state', async () => {
  await using one = await startReferenceStore()
  await using other = await startReferenceStore()
  await send(`${one.endpoint}/bucket`, 'PUT')
  expect((await send(`${other.endpoint}/bucket/key`, 'PUT')).status).toBe(404)
})

test('The startReferenceStore() function rejects invalid options and a port that is in use', async () => {
  await expect(startReferenceStore({ port: -1 })).rejects.toThrow(TypeError)
  const faults = [{ fault: 'conflict', operation: 'GetObject' }] as const
  await expect(startReferenceStore({ faults })).rejects.toThrow(/^Invalid fault .* applies only to/)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  await expect(startReferenceStore({ port })).rejects.toThrow(`Port ${port} is already in use.`)
  other.close()
})
