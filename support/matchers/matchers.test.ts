import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test as base, describe, expect } from 'vitest'
import { recordedFetch } from '../exchange/http'
import { record } from '../exchange/record'
import { difference, type KeyState } from '../fixtures/objects'
import { matchers } from './matchers'

interface Scripted {
  status: number
  headers?: Record<string, string>
  body?: string
}

const precondition = (condition: string, message = 'At least one') =>
  `<Error><Code>PreconditionFailed</Code><Message>${message}</Message>${condition}</Error>`
const ifMatch = precondition('<Condition>If-Match</Condition>')
const xml = { 'content-type': 'application/xml' }

/** A client of a server that says what it is told, and nothing when it is told nothing. */
const test = base.extend('answering', async ({}, { onCleanup }) => {
  let next: Scripted | undefined
  const server = createServer((request, response) => {
    if (!next) return void request.socket.destroy()
    response.writeHead(next.status, next.headers).end(next.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onCleanup(async () => void server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const s3 = record(client, 'spec', [])
  return {
    plain: (answer: Scripted) => {
      next = answer
      return recordedFetch(`${endpoint}/b/k`, {}, [], 'spec')
    },
    get: (answer?: Scripted) => {
      next = answer
      return s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
    head: (answer: Scripted) => {
      next = answer
      return s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
  }
})

describe('toBeRefused', () => {
  const refused = (sent: Promise<unknown>, details = {}) =>
    matchers.toBeRefused(sent, 412, 'PreconditionFailed', details)

  test('passes for status, code and details', async ({ answering }) => {
    const sent = answering.get({ status: 412, headers: xml, body: ifMatch })

    expect(await refused(sent, { Condition: 'If-Match', Message: 'At least one' })).toMatchObject({ pass: true })
  })

  test.for([
    ['GetObject accepted with 200', { status: 200, body: 'bytes' }],
    ['GetObject answered 404 NoSuchKey', { status: 404, headers: xml, body: '<Error><Code>NoSuchKey</Code></Error>' }],
    [
      'GetObject answered 412 Other, no Condition, no Message',
      { status: 412, headers: xml, body: '<Error><Code>Other</Code></Error>' },
    ],
    ['GetObject answered 412 PreconditionFailed, no Condition', { status: 412, headers: xml, body: precondition('') }],
    [
      'GetObject answered 412 PreconditionFailed (Condition: If-None-Match), another Condition',
      { status: 412, headers: xml, body: precondition('<Condition>If-None-Match</Condition>') },
    ],
    [
      'GetObject answered 412 PreconditionFailed (Condition: If-Match), another Message',
      { status: 412, headers: xml, body: precondition('<Condition>If-Match</Condition>', 'No.') },
    ],
  ] as const)('fails: %s', async ([observed, answer], { answering }) => {
    const result = await refused(answering.get(answer), { Condition: 'If-Match', Message: 'At least one' })

    expect(result).toMatchObject({ pass: false, meta: { observed } })
  })

  test('asks for nothing that no source says', async ({ answering }) => {
    const answer = { status: 412, headers: xml, body: ifMatch }

    expect(await matchers.toBeRefused(answering.get(answer))).toMatchObject({ pass: true })
    expect(await matchers.toBeRefused(answering.get(answer), 412)).toMatchObject({ pass: true })
    expect(await matchers.toBeRefused(answering.get(answer), 404)).toMatchObject({ pass: false })
    expect(await matchers.toBeRefused(answering.get({ status: 200, body: 'bytes' }))).toMatchObject({ pass: false })
  })

  test('asks of a HEAD for the status alone', async ({ answering }) => {
    expect(await refused(answering.head({ status: 412 }), { Condition: 'If-Match' })).toMatchObject({ pass: true })
    expect(await refused(answering.head({ status: 404 }))).toMatchObject({ pass: false })
  })

  test('says of a store that does not answer just that', async ({ answering }) => {
    expect(await refused(answering.get())).toMatchObject({ pass: false, meta: { observed: 'GetObject got no answer' } })
  })

  test.for([
    ['<html>nginx</html>', 'GetObject answered 412 with a body that is no XML, no Code'],
    ['{"error":"PreconditionFailed"}', 'GetObject answered 412 with a body that is no XML, no Code'],
  ])('says of a body that the SDK cannot read what it is: %s', async ([body, observed], { answering }) => {
    const result = await refused(answering.get({ status: 412, body }))

    expect(result).toMatchObject({ pass: false, meta: { observed, level: 'detail' } })
  })
})

describe('a refusal of plain HTTP, which nothing throws', () => {
  const answer = { status: 412, headers: { ...xml, etag: '"e"' }, body: ifMatch }

  test('is refused, and accepted by no matcher', async ({ answering }) => {
    expect(await matchers.toBeRefused(answering.plain(answer), 412, 'PreconditionFailed')).toMatchObject({ pass: true })
    expect(await matchers.toBeAnswered(answering.plain(answer), '412 If-Match')).toMatchObject({ pass: true })
    expect(await matchers.toCarryHeaders(answering.plain(answer), { etag: '"e"' })).toMatchObject({ pass: true })
    expect(await matchers.toBeAnswered(answering.plain(answer), '200')).toMatchObject({
      pass: false,
      meta: { observed: 'GET answered 412 PreconditionFailed (Condition: If-Match)' },
    })
  })

  test('is none with a 200', async ({ answering }) => {
    expect(await matchers.toBeAnswered(answering.plain({ status: 200 }), '200')).toMatchObject({ pass: true })
    expect(await matchers.toBeRefused(answering.plain({ status: 200 }), 403)).toMatchObject({
      pass: false,
      meta: { observed: 'GET accepted with 200', level: 'answer' },
    })
  })
})

describe('toBeNotModified', () => {
  test('passes for a 304', async ({ answering }) => {
    expect(await matchers.toBeNotModified(answering.get({ status: 304 }))).toMatchObject({ pass: true })
  })

  test.for([
    ['GetObject accepted with 200', { status: 200, body: 'bytes' }],
    ['GetObject answered 412 PreconditionFailed (Condition: If-Match)', { status: 412, headers: xml, body: ifMatch }],
  ] as const)('fails: %s', async ([observed, answer], { answering }) => {
    const result = await matchers.toBeNotModified(answering.get(answer))

    expect(result).toMatchObject({ pass: false, meta: { observed } })
  })
})

describe('toCarryHeaders', () => {
  const etag = '"e"'

  test.for([
    [true, '', { etag }, { etag, 'content-type': undefined }],
    [false, 'GetObject answered 304 without etag', {}, { etag }],
    [false, 'GetObject answered 304 with another etag', { etag: '"f"' }, { etag }],
    [
      false,
      'GetObject answered 304 with content-type',
      { 'content-type': 'text/plain' },
      { 'content-type': undefined },
    ],
  ] as const)('%s: %s', async ([pass, observed, headers, expected], { answering }) => {
    const result = await matchers.toCarryHeaders(answering.get({ status: 304, headers }), expected)

    expect(result).toMatchObject({ pass, ...(!pass && { meta: { observed } }) })
  })
})

describe('toBeAnswered', () => {
  const ok = { status: 200, body: 'bytes' }
  const refusal = { status: 412, headers: xml, body: ifMatch }

  test.for([
    ['200', ok, true],
    ['200', refusal, false],
    ['206', { status: 206, body: 'byte' }, true],
    ['206', ok, false],
    ['304', { status: 304 }, true],
    ['304', ok, false],
    ['412 If-Match', refusal, true],
    ['412 If-Unmodified-Since', refusal, false],
    ['412 If-Match', ok, false],
  ] as const)('%s to %o: %s', async ([answer, scripted, pass], { answering }) => {
    expect(await matchers.toBeAnswered(answering.get(scripted), answer)).toMatchObject({ pass })
  })
})

describe('toBeETagOf', () => {
  test.for([
    ['"5d41402abc4b2a76b9719d911017c592"', true, 'another entity tag'],
    ['5d41402abc4b2a76b9719d911017c592', false, 'without quotes'],
    ['"00000000000000000000000000000000"', false, 'another entity tag'],
    [undefined, false, 'no entity tag'],
  ] as const)('%s: %s', ([received, pass, observed]) => {
    expect(matchers.toBeETagOf.call({}, received, 'hello')).toMatchObject({
      pass,
      ...(!pass && { meta: { observed } }),
    })
  })
})

describe('what toBeUntouched compares', () => {
  const current = { body: 'b', ETag: '"e"', metadata: { Metadata: { a: '1' } }, modified: 1_000 }
  const version = { id: 'v1', ETag: '"e"', modified: 1_000, current: true, marker: false }
  const was: KeyState = { current, versions: [version] }

  test.for<[string | undefined, KeyState]>([
    [undefined, structuredClone(was)],
    ['it held an object and holds nothing', { current: 'nothing', versions: [] }],
    ['it held an object and holds a delete marker', { ...was, current: 'a delete marker' }],
    ['its bytes changed', { ...was, current: { ...current, body: 'c', ETag: '"f"' } }],
    ['its entity tag changed', { ...was, current: { ...current, ETag: '"f"', modified: 2_000 } }],
    ['its metadata changed', { ...was, current: { ...current, metadata: {}, modified: 2_000 } }],
    ['it had 1 and has 2 versions and delete markers', { ...was, versions: [version, { ...version, id: 'v2' }] }],
    ['its versions changed', { ...was, versions: [{ ...version, id: 'v2' }] }],
    ['its Last-Modified changed', { ...was, current: { ...current, modified: 2_000 } }],
  ])('%s', ([expected, is]) => {
    expect(difference(was, is)).toBe(expected)
  })
})
