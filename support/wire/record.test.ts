import { DeleteObjectsCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test as base, expect } from 'vitest'
import { listenOnLoopback } from './loopback'
import { isCrash } from './no-response'
import { isRaced } from './raced'
import { type Exchange, exchangeOf, record, render, responseOf } from './record'

const KEY = 'AKIAEXAMPLESECRET'
const TOKEN = 'a-secret-session-token'
const FAILURE = `<?xml version="1.0"?>
<Error><Code>PreconditionFailed</Code><Message>no</Message><Condition>If-Match</Condition>
<AWSAccessKeyId>${KEY}</AWSAccessKeyId><Token-0>${TOKEN}</Token-0>
<StringToSign>AWS4-HMAC-SHA256 ${KEY}</StringToSign></Error>`

const clientOf = (endpoint: string) =>
  new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: KEY, secretAccessKey: 'secret', sessionToken: TOKEN },
  })

const test = base.extend('s3', async ({}, { onCleanup }) => {
  const { endpoint, close } = await listenOnLoopback((request, response) => {
    if (request.url?.startsWith('/closes')) return void request.socket.destroy()
    response.writeHead(412, { etag: '"e"', 'x-amz-id-2': KEY, 'set-cookie': TOKEN })
    response.end(request.method === 'HEAD' ? undefined : FAILURE)
  })
  onCleanup(close)
  return clientOf(endpoint)
})

test('a connection that the store closed is recorded', async ({ s3 }) => {
  const exchanges: Exchange[] = []
  const recorded = record(s3, 'spec', exchanges)

  await recorded.send(new GetObjectCommand({ Bucket: 'closes', Key: 'k' })).catch(() => {})

  expect(exchanges.length).toBeGreaterThan(0)
  expect(exchanges.every(isCrash)).toBe(true)
  expect(exchanges[0]).not.toHaveProperty('response')
})

test('a request and its response are recorded without secrets', async ({ s3 }) => {
  const exchanges: Exchange[] = []
  const recorded = record(s3, 'spec', exchanges)

  const error = await recorded
    .send(new GetObjectCommand({ Bucket: 'b', Key: 'k', IfMatch: '"x"' }))
    .catch((error) => error)

  expect(exchanges).toEqual([
    {
      by: 'spec',
      operation: 'GetObject',
      request: { method: 'GET', path: '/b/k', headers: { 'if-match': '"x"', 'x-amz-checksum-mode': 'ENABLED' } },
      response: {
        status: 412,
        headers: { etag: '"e"' },
        error: { Code: 'PreconditionFailed', Message: 'no', Condition: 'If-Match' },
      },
    },
  ])
  expect(exchangeOf(error)).toBe(exchanges[0])
  expect(error.name).toBe('PreconditionFailed')
  const [exchange] = exchanges as [Exchange]
  expect(responseOf(exchange)).toEqual({
    operation: 'GetObject',
    status: 412,
    code: 'PreconditionFailed',
    condition: 'If-Match',
  })
  expect(render(exchange)).not.toMatch(new RegExp(`${KEY}|${TOKEN}`))
})

test('every attempt is recorded, even without a response', async ({ s3 }) => {
  const exchanges: Exchange[] = []
  const recorded = record(s3, 'spec', exchanges)
  s3.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 1, path: '/' })

  await recorded.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })).catch(() => {})

  expect(exchanges.length).toBeGreaterThan(0)
  expect(exchanges.every(({ response }) => response === undefined)).toBe(true)
})

test('overlapping requests to one key race, but attempts of one request do not', async ({ s3 }) => {
  const exchanges: Exchange[] = []
  const recorded = record(s3, 'spec', exchanges)
  const get = (Key: string) => recorded.send(new GetObjectCommand({ Bucket: 'b', Key })).catch(() => {})

  await Promise.all([get('k'), get('k'), get('another')])
  await get('k')
  s3.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 1, path: '/' })
  await get('no-response')

  const racing = exchanges.filter(isRaced).map(({ request }) => request.path)
  expect(racing).toEqual(['/b/k', '/b/k'])
})

test('DeleteObjects races with a request to the key of an entry', async ({ s3 }) => {
  const exchanges: Exchange[] = []
  const recorded = record(s3, 'spec', exchanges)
  const get = (Key: string) => recorded.send(new GetObjectCommand({ Bucket: 'b', Key })).catch(() => {})
  const remove = new DeleteObjectsCommand({ Bucket: 'b', Delete: { Objects: [{ Key: 'a ü' }] } })

  await Promise.all([get('a ü'), get('another'), recorded.send(remove).catch(() => {})])

  const racing = exchanges.filter(isRaced).map(({ operation }) => operation)
  expect(racing.sort()).toEqual(['DeleteObjects', 'GetObject'])
})

test('one client can be recorded several times, each time into a different list', async ({ s3 }) => {
  const [first, second]: [Exchange[], Exchange[]] = [[], []]
  const forFirst = record(s3, 'spec', first)
  const forSecond = record(s3, 'fixture', second)

  await forFirst.send(new GetObjectCommand({ Bucket: 'b', Key: 'first' })).catch(() => {})
  await forSecond.send(new GetObjectCommand({ Bucket: 'b', Key: 'second' })).catch(() => {})
  await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'unrecorded' })).catch(() => {})

  expect(first.map(({ by, request }) => [by, request.path])).toEqual([['spec', '/b/first']])
  expect(second.map(({ by, request }) => [by, request.path])).toEqual([['fixture', '/b/second']])
})

test('the received bytes are returned if a body is shorter than its Content-Length', async ({ onTestFinished }) => {
  const { endpoint, close } = await listenOnLoopback((_, response) => {
    response.writeHead(200, { 'content-length': '9' }).write('half')
  })
  onTestFinished(close)

  const { Body } = await record(clientOf(endpoint), 'matcher', []).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))

  expect(await Body?.transformToString()).toBe('half')
})

test.for<[string, Exchange['response'], ReturnType<typeof responseOf>]>([
  ['no response', undefined, { operation: 'Get' }],
  ['a success', { status: 200, headers: {} }, { operation: 'Get', status: 200 }],
  ['an error without a body', { status: 412, headers: {} }, { operation: 'Get', status: 412 }],
  [
    'an error inside a 200 response',
    { status: 200, headers: {}, error: { Code: 'InternalError' } },
    { operation: 'Get', status: 200, code: 'InternalError', body: 'error in success' },
  ],
  [
    'an error that is not XML',
    { status: 412, headers: {}, unreadableBytes: 9 },
    { operation: 'Get', status: 412, body: 'not XML' },
  ],
  [
    'an error that names a header',
    { status: 501, headers: {}, error: { Code: 'NotImplemented', Header: 'If-Match', Message: 'no' } },
    { operation: 'Get', status: 501, code: 'NotImplemented', header: 'If-Match' },
  ],
])('the fields of a response: %s', ([, response, fields]) => {
  const exchange: Exchange = {
    by: 'spec',
    operation: 'Get',
    request: { method: 'GET', path: '/', headers: {} },
    response,
  }

  expect(responseOf(exchange)).toEqual(fields)
})
