import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test as base, describe, expect } from 'vitest'
import type { Observation, ResponseFields } from '../observation'
import { recordedFetch } from '../wire/http'
import { record } from '../wire/record'
import { finders } from './matchers'

interface StubServer {
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
  let next: StubServer | undefined
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
    plain: (answer: StubServer) => {
      next = answer
      return recordedFetch(`${endpoint}/b/k`, {}, [], 'spec')
    },
    get: (answer?: StubServer) => {
      next = answer
      return s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
    head: (answer: StubServer) => {
      next = answer
      return s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
  }
})

describe('toFailWith', () => {
  const refused = (sent: Promise<unknown>, details = {}) => finders.toFailWith(sent, 412, 'PreconditionFailed', details)

  test('passes for status, code and details', async ({ answering }) => {
    const sent = answering.get({ status: 412, headers: xml, body: ifMatch })

    expect(await refused(sent, { Condition: 'If-Match', Message: 'At least one' })).toMatchObject({ pass: true })
  })

  const response = (fields: Partial<ResponseFields>): Observation => ({
    kind: 'response',
    operation: 'GetObject',
    ...fields,
  })
  const failure = { status: 412, code: 'PreconditionFailed' }
  const element = (name: string, is: 'missing' | 'other'): Observation => {
    return { kind: 'element', operation: 'GetObject', name, is }
  }

  test.for<[string, Observation[], StubServer]>([
    ['a success', [response({ status: 200 })], { status: 200, body: 'bytes' }],
    [
      'another status',
      [response({ status: 404, code: 'NoSuchKey' })],
      { status: 404, headers: xml, body: '<Error><Code>NoSuchKey</Code></Error>' },
    ],
    [
      'another code, and nothing else',
      [
        response({ status: 412, code: 'Other' }),
        element('Code', 'other'),
        element('Condition', 'missing'),
        element('Message', 'missing'),
      ],
      { status: 412, headers: xml, body: '<Error><Code>Other</Code></Error>' },
    ],
    [
      'no Condition',
      [response(failure), element('Condition', 'missing')],
      { status: 412, headers: xml, body: precondition('') },
    ],
    [
      'another Condition',
      [response({ ...failure, condition: 'If-None-Match' }), element('Condition', 'other')],
      { status: 412, headers: xml, body: precondition('<Condition>If-None-Match</Condition>') },
    ],
    [
      'another Message',
      [response({ ...failure, condition: 'If-Match' }), element('Message', 'other')],
      { status: 412, headers: xml, body: precondition('<Condition>If-Match</Condition>', 'No.') },
    ],
    [
      'a body that is not XML',
      [
        response({ status: 412, body: 'not XML' }),
        element('Code', 'missing'),
        element('Condition', 'missing'),
        element('Message', 'missing'),
      ],
      { status: 412, body: '<html>nginx</html>' },
    ],
  ])('observes %s', async ([, observed, answer], { answering }) => {
    const result = await refused(answering.get(answer), { Condition: 'If-Match', Message: 'At least one' })

    expect(result).toMatchObject({ pass: false, observed })
  })

  test('asks for nothing that no source says', async ({ answering }) => {
    const answer = { status: 412, headers: xml, body: ifMatch }

    expect(await finders.toFailWith(answering.get(answer))).toMatchObject({ pass: true })
    expect(await finders.toFailWith(answering.get(answer), 412)).toMatchObject({ pass: true })
    expect(await finders.toFailWith(answering.get(answer), 404)).toMatchObject({ pass: false })
    expect(await finders.toFailWith(answering.get({ status: 200, body: 'bytes' }))).toMatchObject({ pass: false })
  })

  test('asks of a HEAD for the status alone', async ({ answering }) => {
    expect(await refused(answering.head({ status: 412 }), { Condition: 'If-Match' })).toMatchObject({ pass: true })
    expect(await refused(answering.head({ status: 404 }))).toMatchObject({ pass: false })
  })

  test('observes that no response came', async ({ answering }) => {
    expect(await refused(answering.get())).toMatchObject({ pass: false, observed: [response({})] })
  })
})

describe('a refusal of plain HTTP, which nothing throws', () => {
  const answer = { status: 412, headers: { ...xml, etag: '"e"' }, body: ifMatch }

  test('is refused, and accepted by no matcher', async ({ answering }) => {
    expect(await finders.toFailWith(answering.plain(answer), 412, 'PreconditionFailed')).toMatchObject({ pass: true })
    expect(await finders.toReturnStatus(answering.plain(answer), { 412: 'If-Match' })).toMatchObject({ pass: true })
    expect(await finders.toHaveHeaders(answering.plain(answer), { etag: '"e"' })).toMatchObject({ pass: true })
    expect(await finders.toReturnStatus(answering.plain(answer), 200)).toMatchObject({
      pass: false,
      observed: [{ kind: 'response', operation: 'GET', status: 412, condition: 'If-Match' }],
    })
  })

  test('is none with a 200', async ({ answering }) => {
    expect(await finders.toReturnStatus(answering.plain({ status: 200 }), 200)).toMatchObject({ pass: true })
    expect(await finders.toFailWith(answering.plain({ status: 200 }), 403)).toMatchObject({
      pass: false,
      observed: [{ kind: 'response', operation: 'GET', status: 200 }],
      severity: 'status',
    })
  })
})

describe('toReturnStatus(304)', () => {
  test('passes for a 304', async ({ answering }) => {
    expect(await finders.toReturnStatus(answering.get({ status: 304 }), 304)).toMatchObject({ pass: true })
  })

  test.for<[number, StubServer]>([
    [200, { status: 200, body: 'bytes' }],
    [412, { status: 412, headers: xml, body: ifMatch }],
  ])('observes a %i', async ([status, answer], { answering }) => {
    const result = await finders.toReturnStatus(answering.get(answer), 304)

    expect(result).toMatchObject({ pass: false, observed: [{ kind: 'response', status }] })
  })
})

describe('toHaveHeaders', () => {
  const etag = '"e"'

  test('passes for a header, and for none', async ({ answering }) => {
    const expected = { etag, 'content-type': undefined }

    expect(await finders.toHaveHeaders(answering.get({ status: 304, headers: { etag } }), expected)).toMatchObject({
      pass: true,
    })
  })

  test.for([
    ['etag', 'missing', {}, { etag }],
    ['etag', 'other', { etag: '"f"' }, { etag }],
    ['content-type', 'unexpected', { 'content-type': 'text/plain' }, { 'content-type': undefined }],
  ] as const)('observes that %s is %s', async ([name, is, headers, expected], { answering }) => {
    const result = await finders.toHaveHeaders(answering.get({ status: 304, headers }), expected)

    const header = { kind: 'header', operation: 'GetObject', name, is }
    expect(result).toMatchObject({ pass: false, observed: [{ kind: 'response', status: 304 }, header] })
  })
})

describe('toReturnStatus', () => {
  const ok = { status: 200, body: 'bytes' }
  const refusal = { status: 412, headers: xml, body: ifMatch }

  test.for([
    [200, ok, true],
    [200, refusal, false],
    [206, { status: 206, body: 'byte' }, true],
    [206, ok, false],
    [304, { status: 304 }, true],
    [304, ok, false],
    [{ 412: 'If-Match' }, refusal, true],
    [{ 412: 'If-Unmodified-Since' }, refusal, false],
    [{ 412: 'If-Match' }, ok, false],
  ] as const)('%o to %o: %s', async ([answer, stubServer, pass], { answering }) => {
    expect(await finders.toReturnStatus(answering.get(stubServer), answer)).toMatchObject({ pass })
  })
})

describe('toBeETagOf', () => {
  test.for([
    ['"5d41402abc4b2a76b9719d911017c592"', true, 'MD5'],
    ['5d41402abc4b2a76b9719d911017c592', false, 'unquoted'],
    ['"00000000000000000000000000000000"', false, 'other'],
    [undefined, false, 'missing'],
  ] as const)('%s: %s, %s', ([received, pass, is]) => {
    expect(finders.toBeETagOf.call({}, received, 'hello')).toMatchObject({ pass, observed: [{ kind: 'etag', is }] })
  })
})
