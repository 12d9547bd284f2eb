import { Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test, vi } from 'vitest'
import { code, referenceStore } from '../../testing/reference-store'
import { elementOf } from '../../wire/xml'

// These tests use the reference store as an application does: through SDK clients.

// A long timeout, because the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const store = referenceStore()

describe('a client', () => {
  test('receives a requested 409 exactly once', async () => {
    const Key = store.newKey()
    await store.fault(`conflict:PutObject:key=${encodeURIComponent(Key)}:times=1`)

    expect(
      await code(store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, IfNoneMatch: '*', Body: 'a' }))),
    ).toBe('409 ConditionalRequestConflict')
    expect(
      await code(store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, IfNoneMatch: '*', Body: 'a' }))),
    ).toBe('accepted')
  })

  test('fails with 412 if the response to its first attempt was lost', async () => {
    const Key = store.newKey()
    await store.fault(`lost-response:PutObject:key=${encodeURIComponent(Key)}:times=1`)

    const put = store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, IfNoneMatch: '*', Body: 'mine' }))

    expect(await code(put)).toBe('412 PreconditionFailed')
    const { Body } = await store.s3.send(new GetObjectCommand({ Bucket: store.Bucket, Key }))
    expect(await Body?.transformToString()).toBe('mine')
  })

  test('retries a 503, and is delayed by the requested latency', async () => {
    const Key = store.newKey()
    await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'a' }))
    await store.fault(`unavailable:GetObject:key=${Key}:times=2\nlatency:GetObject:key=${Key}:ms=100`)
    const before = performance.now()

    const { $metadata } = await store.s3.send(new GetObjectCommand({ Bucket: store.Bucket, Key }))

    expect($metadata.attempts).toBe(3)
    expect(performance.now() - before).toBeGreaterThan(300)
    await store.fault('', 'DELETE')
  })

  test('receives a message about an invalid fault', async () => {
    const response = await store.fault('explosion:PutObject')

    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringMatching(/fault must be one of conflict, /),
    ])
  })

  test('can send the bucket in the host', async () => {
    const endpoint = store.endpoint.replace('127.0.0.1', 'localhost')
    const lookup = (_: string, options: { all?: boolean }, done: (...result: unknown[]) => void) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
    const virtual = store.connect({
      endpoint,
      forcePathStyle: false,
      requestHandler: { httpAgent: { lookup } as never },
    })
    const Key = store.newKey()

    const { ETag } = await virtual.send(
      new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'a', IfNoneMatch: '*' }),
    )

    expect(
      await code(virtual.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'b', IfNoneMatch: '*' }))),
    ).toBe('412 PreconditionFailed')
    expect((await store.s3.send(new HeadObjectCommand({ Bucket: store.Bucket, Key }))).ETag).toBe(ETag)
    virtual.destroy()
  })

  test('can send a stream in chunks', async () => {
    const Key = store.newKey()
    const stream = () => Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')])
    const put = () =>
      store.s3.send(
        new PutObjectCommand({ Bucket: store.Bucket, Key, Body: stream(), ContentLength: 140_000, IfNoneMatch: '*' }),
      )

    await put()

    expect(await code(put())).toBe('412 PreconditionFailed')
    expect((await store.s3.send(new HeadObjectCommand({ Bucket: store.Bucket, Key }))).ContentLength).toBe(140_000)
  })

  test('that waits for 100 Continue fails because of an invalid header before it sends the body', async () => {
    const Key = store.newKey()
    const Body = Buffer.alloc(3 * 1024 * 1024, 'a')
    const sent: number[] = []
    const put = (IfNoneMatch: string) => {
      const client = store.connect({ maxAttempts: 1 })
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args)
          const { socket } = (result.response as { body: { socket: { bytesWritten: number } } }).body
          sent.push(socket.bytesWritten)
          return result
        },
        { step: 'deserialize', priority: 'low' },
      )
      return client
        .send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body, IfNoneMatch }))
        .finally(() => client.destroy())
    }

    expect(await code(put('"an-entity-tag"'))).toBe('501 NotImplemented')
    expect(await code(put('*'))).toBe('accepted')
    expect(await code(put('*'))).toBe('412 PreconditionFailed')
    expect(sent[0]).toBeLessThan(100_000)
    expect(sent[1]).toBeGreaterThan(Body.length)
  })

  test('reads a large body as it was written', async () => {
    const Key = store.newKey()
    const Body = Buffer.alloc(17 * 1024 * 1024, 'abc')

    await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body, IfNoneMatch: '*' }))

    const { Body: stored } = await store.s3.send(new GetObjectCommand({ Bucket: store.Bucket, Key }))
    expect(Buffer.compare(Buffer.from((await stored?.transformToByteArray()) ?? []), Body)).toBe(0)
  })

  test('is the only one to succeed among concurrent writers', async () => {
    const Key = store.newKey()
    const puts = Array.from({ length: 8 }, (_, n) =>
      code(store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: `${n}`, IfNoneMatch: '*' }))),
    )

    const results = await Promise.all(puts)

    expect(results.filter((result) => result === 'accepted')).toHaveLength(1)
    expect(results.filter((result) => result === '412 PreconditionFailed')).toHaveLength(7)
  })

  test('causes log lines with the facts behind its responses', async () => {
    const Key = store.newKey()
    await store.s3.send(new PutObjectCommand({ Bucket: store.Bucket, Key, Body: 'a', IfNoneMatch: '*' }))

    expect(store.lines.at(-1)).toBe(
      `PutObject ${store.Bucket}/${Key}, if-none-match: * → 200: the key does not exist (P01, P03, P04)`,
    )
  })
})

describe('a presigned URL', () => {
  const put = async (headers: Record<string, string>, sent = headers, body = 'a', Key = store.newKey()) => {
    const command = new PutObjectCommand({
      Bucket: store.Bucket,
      Key,
      ...(headers['if-none-match'] && { IfNoneMatch: '*' }),
    })
    const url = await getSignedUrl(store.s3, command, { signableHeaders: new Set(Object.keys(headers)) })
    const response = await fetch(url, { method: 'PUT', body, headers: sent })
    return { Key, result: `${response.status} ${elementOf(await response.text(), 'Code') ?? ''}`.trim() }
  }

  test('fails without the condition that it signs', async () => {
    const first = await put({ 'if-none-match': '*' })
    expect(first.result).toBe('200')
    expect((await put({ 'if-none-match': '*' }, undefined, 'b', first.Key)).result).toBe('412 PreconditionFailed')
    expect((await put({ 'if-none-match': '*' }, {})).result).toBe('403 SignatureDoesNotMatch')
  })

  test('does not allow an unsigned x-amz header', async () => {
    expect((await put({}, { 'x-amz-if-match-size': '3' })).result).toBe('403 AccessDenied')
    expect((await put({}, {})).result).toBe('200')
  })

  test('fails if it was modified', async () => {
    const url = await getSignedUrl(store.s3, new GetObjectCommand({ Bucket: store.Bucket, Key: 'one' }))

    expect((await fetch(url.replace('/one', '/two'))).status).toBe(403)
  })
})
