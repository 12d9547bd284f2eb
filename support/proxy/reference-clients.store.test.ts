import { Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { describe, expect, test } from 'vitest'
import { faultsOf } from '../fixtures/faults'
import { code, referenceStore } from '../testing/proxy'
import { readFault } from './reference-faults'

// Real clients of an application, in the ways that they can talk to a store.

const house = referenceStore()

describe('a client', () => {
  test('gets a conflict that was asked for, once', async () => {
    const Key = house.newKey()
    await house.fault(`conflict:PutObject:key=${Key}:1`)

    expect(
      await code(house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, IfNoneMatch: '*', Body: 'a' }))),
    ).toBe('409 ConditionalRequestConflict')
    expect(
      await code(house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, IfNoneMatch: '*', Body: 'a' }))),
    ).toBe('accepted')
  })

  test('is refused by its own first attempt whose answer was lost', async () => {
    const Key = house.newKey()
    await faultsOf({ endpoint: house.endpoint })('lost-answer', 'PutObject', { Key })

    const put = house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, IfNoneMatch: '*', Body: 'mine' }))

    expect(await code(put)).toBe('412 PreconditionFailed')
    const { Body } = await house.s3.send(new GetObjectCommand({ Bucket: house.Bucket, Key }))
    expect(await Body?.transformToString()).toBe('mine')
  })

  test('retries a 503 by itself, and waits as long as was asked for', async () => {
    const Key = house.newKey()
    await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'a' }))
    await house.fault(`unavailable:GetObject:key=${Key}:2\nlatency:GetObject:key=${Key}:100ms`)
    const before = performance.now()

    const { $metadata } = await house.s3.send(new GetObjectCommand({ Bucket: house.Bucket, Key }))

    expect($metadata.attempts).toBe(3)
    expect(performance.now() - before).toBeGreaterThan(300)
    await house.fault('', 'DELETE')
  })

  test('is told what is wrong with a fault', async () => {
    const answer = await house.fault('explosion:PutObject')

    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/^“explosion:PutObject” is no fault/),
    ])
    expect(() => readFault('latency:PutObject')).toThrow('latency needs a time')
  })

  test('can have the bucket in the host', async () => {
    const endpoint = house.endpoint.replace('127.0.0.1', 'localhost')
    const lookup = (_: string, options: { all?: boolean }, done: (...result: unknown[]) => void) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
    const virtual = house.connect({
      endpoint,
      forcePathStyle: false,
      requestHandler: { httpAgent: { lookup } as never },
    })
    const Key = house.newKey()

    const { ETag } = await virtual.send(
      new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'a', IfNoneMatch: '*' }),
    )

    expect(
      await code(virtual.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'b', IfNoneMatch: '*' }))),
    ).toBe('412 PreconditionFailed')
    expect((await house.s3.send(new HeadObjectCommand({ Bucket: house.Bucket, Key }))).ETag).toBe(ETag)
    virtual.destroy()
  })

  test('can send a stream in chunks', async () => {
    const Key = house.newKey()
    const stream = () => Readable.from([Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')])
    const put = () =>
      house.s3.send(
        new PutObjectCommand({ Bucket: house.Bucket, Key, Body: stream(), ContentLength: 140_000, IfNoneMatch: '*' }),
      )

    await put()

    expect(await code(put())).toBe('412 PreconditionFailed')
    expect((await house.s3.send(new HeadObjectCommand({ Bucket: house.Bucket, Key }))).ContentLength).toBe(140_000)
  })

  test('that waits for 100 Continue is refused for a header before its body', async () => {
    const Key = house.newKey()
    const Body = Buffer.alloc(3 * 1024 * 1024, 'a')
    const sent: number[] = []
    const put = (IfNoneMatch: string) => {
      const client = house.connect({ maxAttempts: 1 })
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
        .send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body, IfNoneMatch }))
        .finally(() => client.destroy())
    }

    expect(await code(put('"an-entity-tag"'))).toBe('501 NotImplemented')
    expect(await code(put('*'))).toBe('accepted')
    expect(await code(put('*'))).toBe('412 PreconditionFailed')
    expect(sent[0]).toBeLessThan(100_000)
    expect(sent[1]).toBeGreaterThan(Body.length)
  })

  test('gets a body beyond what is kept in memory back as it was', async () => {
    const Key = house.newKey()
    const Body = Buffer.alloc(17 * 1024 * 1024, 'abc')

    await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body, IfNoneMatch: '*' }))

    const { Body: stored } = await house.s3.send(new GetObjectCommand({ Bucket: house.Bucket, Key }))
    expect(Buffer.compare(Buffer.from((await stored?.transformToByteArray()) ?? []), Body)).toBe(0)
  })

  test('of many that race one wins, also when what they write is not conditional', async () => {
    const Key = house.newKey()
    const puts = Array.from({ length: 8 }, (_, n) =>
      code(house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: `${n}`, IfNoneMatch: '*' }))),
    )

    const answers = await Promise.all(puts)

    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
    expect(answers.filter((answer) => answer === '412 PreconditionFailed')).toHaveLength(7)
  })

  test('has a line of the log for what it asks, with the facts', async () => {
    const Key = house.newKey()
    await house.s3.send(new PutObjectCommand({ Bucket: house.Bucket, Key, Body: 'a', IfNoneMatch: '*' }))

    expect(house.lines.at(-1)).toBe(
      `PutObject ${house.Bucket}/${Key}, if-none-match: * → 200: the key holds no object (P01, P03, P04)`,
    )
  })
})

describe('a presigned URL', () => {
  const put = async (headers: Record<string, string>, sent = headers, body = 'a', Key = house.newKey()) => {
    const command = new PutObjectCommand({
      Bucket: house.Bucket,
      Key,
      ...(headers['if-none-match'] && { IfNoneMatch: '*' }),
    })
    const url = await getSignedUrl(house.s3, command, { signableHeaders: new Set(Object.keys(headers)) })
    const answer = await fetch(url, { method: 'PUT', body, headers: sent })
    return { Key, said: `${answer.status} ${(await answer.text()).match(/<Code>(\w+)/)?.[1] ?? ''}`.trim() }
  }

  test('has to be sent with the condition that it signs', async () => {
    const first = await put({ 'if-none-match': '*' })
    expect(first.said).toBe('200')
    expect((await put({ 'if-none-match': '*' }, undefined, 'b', first.Key)).said).toBe('412 PreconditionFailed')
    expect((await put({ 'if-none-match': '*' }, {})).said).toBe('403 SignatureDoesNotMatch')
  })

  test('takes no header of Amazon that it does not sign', async () => {
    expect((await put({}, { 'x-amz-if-match-size': '3' })).said).toBe('403 AccessDenied')
    expect((await put({}, {})).said).toBe('200')
  })

  test('of Signature Version 2 writes under no condition', async () => {
    const url = `${house.endpoint}/${house.Bucket}/v2?AWSAccessKeyId=test&Expires=1900000000&Signature=x`
    const answer = await fetch(url, { method: 'PUT', body: 'a', headers: { 'if-none-match': '*' } })

    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('require AWS Signature Version 4'),
    ])
  })

  test('that was tampered with is refused', async () => {
    const url = await getSignedUrl(house.s3, new GetObjectCommand({ Bucket: house.Bucket, Key: 'one' }))

    expect((await fetch(url.replace('/one', '/two'))).status).toBe(403)
  })
})
