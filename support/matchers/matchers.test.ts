import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test as base, describe, expect } from 'vitest'
import type { Observation, ResponseFields } from '../observation'
import { recordedFetch } from '../wire/http'
import { listenOnLoopback } from '../wire/loopback'
import { record } from '../wire/record'
import { finders } from './matchers'

interface Scripted {
  status: number
  headers?: Record<string, string>
  body?: string
}

const precondition = (condition: string, message = 'At least one') =>
  `<Error><Code>PreconditionFailed</Code><Message>${message}</Message>${condition}</Error>`
const ifMatch = precondition('<Condition>If-Match</Condition>')
const xml = { 'content-type': 'application/xml' }

/**
 * Functions that send a request to a test server. The server returns the response that was passed to the function. If no
 * response was passed, the server closes the connection.
 */
const test = base.extend('send', async ({}, { onCleanup }) => {
  let next: Scripted | undefined
  const { endpoint, close } = await listenOnLoopback((request, response) => {
    if (!next) return void request.socket.destroy()
    response.writeHead(next.status, next.headers).end(next.body)
  })
  onCleanup(close)
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  const s3 = record(client, 'spec', [])
  return {
    plain: (response: Scripted) => {
      next = response
      return recordedFetch(`${endpoint}/b/k`, {}, [], 'spec')
    },
    get: (response?: Scripted) => {
      next = response
      return s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
    head: (response: Scripted) => {
      next = response
      return s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))
    },
  }
})

describe('toFailWith', () => {
  const failsWith412 = (request: Promise<unknown>, details = {}) =>
    finders.toFailWith(request, 412, 'PreconditionFailed', details)

  test('passes for the expected status, code and details', async ({ send }) => {
    const request = send.get({ status: 412, headers: xml, body: ifMatch })

    expect(await failsWith412(request, { Condition: 'If-Match', Message: 'At least one' })).toMatchObject({
      pass: true,
    })
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

  test.for<[string, Observation[], Scripted]>([
    ['a success', [response({ status: 200 })], { status: 200, body: 'bytes' }],
    [
      'a different status',
      [response({ status: 404, code: 'NoSuchKey' })],
      { status: 404, headers: xml, body: '<Error><Code>NoSuchKey</Code></Error>' },
    ],
    [
      'a different code',
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
      'a different Condition',
      [response({ ...failure, condition: 'If-None-Match' }), element('Condition', 'other')],
      { status: 412, headers: xml, body: precondition('<Condition>If-None-Match</Condition>') },
    ],
    [
      'a different Message',
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
  ])('observes %s', async ([, observed, response], { send }) => {
    const result = await failsWith412(send.get(response), { Condition: 'If-Match', Message: 'At least one' })

    expect(result).toMatchObject({ pass: false, observed })
  })

  test('checks only the given arguments', async ({ send }) => {
    const failure = { status: 412, headers: xml, body: ifMatch }

    expect(await finders.toFailWith(send.get(failure))).toMatchObject({ pass: true })
    expect(await finders.toFailWith(send.get(failure), 412)).toMatchObject({ pass: true })
    expect(await finders.toFailWith(send.get(failure), 404)).toMatchObject({ pass: false })
    expect(await finders.toFailWith(send.get({ status: 200, body: 'bytes' }))).toMatchObject({ pass: false })
  })

  test('checks only the status of the response to HEAD', async ({ send }) => {
    expect(await failsWith412(send.head({ status: 412 }), { Condition: 'If-Match' })).toMatchObject({ pass: true })
    expect(await failsWith412(send.head({ status: 404 }))).toMatchObject({ pass: false })
  })

  test('observes that no response was received', async ({ send }) => {
    expect(await failsWith412(send.get())).toMatchObject({ pass: false, observed: [response({})] })
  })
})

describe('a request sent without the SDK, which never throws because of a status', () => {
  const failure = { status: 412, headers: { ...xml, etag: '"e"' }, body: ifMatch }

  test('counts as a failure in every matcher if its status is 412', async ({ send }) => {
    expect(await finders.toFailWith(send.plain(failure), 412, 'PreconditionFailed')).toMatchObject({ pass: true })
    expect(await finders.toReturnStatus(send.plain(failure), { 412: 'If-Match' })).toMatchObject({ pass: true })
    expect(await finders.toHaveHeaders(send.plain(failure), { etag: '"e"' })).toMatchObject({ pass: true })
    expect(await finders.toReturnStatus(send.plain(failure), 200)).toMatchObject({
      pass: false,
      observed: [{ kind: 'response', operation: 'GET', status: 412, condition: 'If-Match' }],
    })
  })

  test('counts as a success in every matcher if its status is 200', async ({ send }) => {
    expect(await finders.toReturnStatus(send.plain({ status: 200 }), 200)).toMatchObject({ pass: true })
    expect(await finders.toFailWith(send.plain({ status: 200 }), 403)).toMatchObject({
      pass: false,
      observed: [{ kind: 'response', operation: 'GET', status: 200 }],
      severity: 'status',
    })
  })
})

describe('toReturnStatus(304)', () => {
  test('passes for a 304', async ({ send }) => {
    expect(await finders.toReturnStatus(send.get({ status: 304 }), 304)).toMatchObject({ pass: true })
  })

  test.for<[number, Scripted]>([
    [200, { status: 200, body: 'bytes' }],
    [412, { status: 412, headers: xml, body: ifMatch }],
  ])('observes a %i', async ([status, response], { send }) => {
    const result = await finders.toReturnStatus(send.get(response), 304)

    expect(result).toMatchObject({ pass: false, observed: [{ kind: 'response', status }] })
  })
})

describe('toHaveHeaders', () => {
  const etag = '"e"'

  test('passes for a header with the expected value, and for a header that must be absent', async ({ send }) => {
    const expected = { etag, 'content-type': undefined }

    expect(await finders.toHaveHeaders(send.get({ status: 304, headers: { etag } }), expected)).toMatchObject({
      pass: true,
    })
  })

  test.for([
    ['etag', 'missing', {}, { etag }],
    ['etag', 'other', { etag: '"f"' }, { etag }],
    ['content-type', 'unexpected', { 'content-type': 'text/plain' }, { 'content-type': undefined }],
  ] as const)('observes that %s is %s', async ([name, is, headers, expected], { send }) => {
    const result = await finders.toHaveHeaders(send.get({ status: 304, headers }), expected)

    const header = { kind: 'header', operation: 'GetObject', name, is }
    expect(result).toMatchObject({ pass: false, observed: [{ kind: 'response', status: 304 }, header] })
  })
})

describe('toReturnStatus', () => {
  const ok = { status: 200, body: 'bytes' }
  const failure = { status: 412, headers: xml, body: ifMatch }

  test.for([
    [200, ok, true],
    [200, failure, false],
    [206, { status: 206, body: 'byte' }, true],
    [206, ok, false],
    [304, { status: 304 }, true],
    [304, ok, false],
    [{ 412: 'If-Match' }, failure, true],
    [{ 412: 'If-Unmodified-Since' }, failure, false],
    [{ 412: 'If-Match' }, ok, false],
  ] as const)('expected %o, response %o: pass %s', async ([expected, response, pass], { send }) => {
    expect(await finders.toReturnStatus(send.get(response), expected)).toMatchObject({ pass })
  })
})

describe('toBeETagOf', () => {
  test.for([
    ['"5d41402abc4b2a76b9719d911017c592"', true, 'MD5'],
    ['5d41402abc4b2a76b9719d911017c592', false, 'unquoted'],
    ['"00000000000000000000000000000000"', false, 'other'],
    [undefined, false, 'missing'],
  ] as const)('ETag %s: pass %s, observed as %s', ([received, pass, is]) => {
    expect(finders.toBeETagOf.call({}, received, 'hello')).toMatchObject({ pass, observed: [{ kind: 'etag', is }] })
  })
})
