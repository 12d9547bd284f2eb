import { expect, type RunnerTestCase, test } from 'vitest'
import { observable } from '../fixtures/objects'
import { track } from '../fixtures/tracked'
import type { Severity } from '../observation'
import { escapedKey } from '../wire/keys'
import type { Exchange } from '../wire/record'
import { running } from './running'
import { severityOfSuccess } from './truth'

type Headers = Record<string, string>

const exchangeOf = (method: string, headers: Headers = {}, response: Headers = {}, status = 200): Exchange => ({
  by: 'spec',
  operation: method,
  request: { method, path: '/b/k', headers },
  response: { status, headers: response },
})
const put = (headers: Headers) => exchangeOf('PUT', headers)
const remove = (headers: Headers) => exchangeOf('DELETE', headers)

const stored = exchangeOf('PUT', {}, { etag: '"e"' })
const read = exchangeOf(
  'GET',
  {},
  { etag: '"e"', 'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT', 'content-length': '5' },
)
const gone = exchangeOf('GET', {}, {}, 404)
const completed: Exchange = { ...exchangeOf('POST'), request: { method: 'POST', path: '/b/k?uploadId=u', headers: {} } }
const copied = put({ 'x-amz-copy-source-if-match': '"other"' })

const entry = (conditions: object): Exchange => ({
  ...exchangeOf('POST'),
  request: { method: 'POST', path: '/b?delete', headers: {}, entries: [{ key: 'k', ...conditions }] },
})

// Each row: the expected severity, the earlier requests, a request that the store accepted although Amazon S3 rejects
// it, and the status that Amazon S3 returns for that request.
test.for<[Severity, readonly Exchange[], Exchange, number | undefined]>([
  // The condition is false according to both HTTP and S3.
  ['data', [stored], put({ 'if-none-match': '*' }), 412],
  ['data', [stored], put({ 'if-match': '"other"' }), 412],
  ['data', [gone], put({ 'if-match': '"e"' }), 404],
  ['data', [stored], remove({ 'if-match': '"other"' }), 412],
  ['data', [], copied, 412],
  ['data', [stored], entry({ 'if-match': '"other"' }), 412],
  ['data', [read], entry({ 'x-amz-if-match-size': '4' }), undefined],
  // The condition is false according to HTTP. On S3, the request fails because S3 does not support this form of the
  // condition.
  ['data', [stored], put({ 'if-none-match': '"e"' }), 501],
  ['data', [stored], put({ 'if-match': 'W/"e"' }), 501],
  ['data', [gone], put({ 'if-match': '*' }), 501],
  ['data', [read], remove({ 'if-match': '"e"', 'x-amz-if-match-size': '4' }), 501],
  // The condition is true according to HTTP. On S3, the request fails for another reason.
  ['status', [stored], put({ 'if-none-match': '"other"' }), 501],
  ['status', [stored], put({ 'if-match': '*' }), 501],
  ['status', [gone], put({ 'if-none-match': '*' }), 409],
  ['status', [stored], put({ 'if-match': '"e"' }), 409],
  ['status', [stored], put({ 'if-match': '"other", "e"' }), 412],
  ['status', [read], remove({ 'x-amz-if-match-size': '5' }), 501],
  ['status', [read], remove({ 'x-amz-if-match-last-modified-time': 'Wed, 25 Nov 2026 10:00:00 GMT' }), 501],
  // No object exists under the key, so the delete cannot cause data loss.
  ['status', [gone], remove({ 'if-match': '"e"' }), 404],
  ['status', [stored, exchangeOf('DELETE', {}, {}, 204)], remove({ 'if-match': '"e"' }), 404],
  ['status', [gone], entry({ 'if-match': '"e"' }), 412],
  // The ETag is unknown, or the request has no condition. The severity is `data` only if the request fails with 412 on
  // S3.
  ['status', [completed], put({ 'if-match': '"e"' }), 409],
  ['data', [completed], put({ 'if-match': '"e"' }), 412],
  ['status', [stored], put({}), 403],
  // A read cannot cause data loss, even if the store serves it although its condition fails.
  ['status', [stored], exchangeOf('GET', { 'if-match': '"other"' }), 412],
])(
  'the severity is %s if, after %o, %o succeeds instead of failing with %s',
  async ([severity, before, exchange, status], { task }) => {
    const found: Severity[] = []
    task.meta.exchange = [...before, exchange]
    await running(task as RunnerTestCase, () => void found.push(severityOfSuccess(exchange, status)))

    expect(found).toEqual([severity])
  },
)

test.for(["a 'key'/with ü日😀", 'a%41b+&amp;', 'folder/'])(
  'a key is recognised however its path is escaped: %s',
  async (Key, { task }) => {
    const asUrl = new URL(`http://host/b/${Key.split('/').map(encodeURIComponent).join('/')}`).pathname
    const at = (path: string, exchange: Exchange) => ({ ...exchange, request: { ...exchange.request, path } })
    const writes = [
      at(`/b/${escapedKey(Key)}`, put({ 'if-none-match': '*' })),
      { ...entry({}), request: { ...entry({}).request, entries: [{ key: Key, 'if-match': '"other"' }] } },
    ]
    const found: Severity[] = []
    for (const write of writes) {
      task.meta.exchange = [at(asUrl, stored), write]
      await running(task as RunnerTestCase, () => void found.push(severityOfSuccess(write, 412)))
    }

    expect(found).toEqual(['data', 'data'])
  },
)

test('a key in a folder is not confused with the same name outside the folder', async ({ task }) => {
  const at = (path: string, exchange: Exchange) => ({ ...exchange, request: { ...exchange.request, path } })
  const write = at('/b/folder/k', put({ 'if-none-match': '*' }))
  const found: Severity[] = []
  task.meta.exchange = [at('/b/folder/k', gone), at('/b/k', stored), write]
  await running(task as RunnerTestCase, () => void found.push(severityOfSuccess(write, 409)))

  expect(found).toEqual(['status'])
})

test('without earlier requests, the content of a key is known from its fixture', async ({ task }) => {
  const write = put({ 'if-none-match': '*' })
  const key = observable({} as never, { Bucket: 'b', Key: 'k' })
  const found: Severity[] = []
  task.meta.exchange = [write]
  track(task, [], key, key)
  await running(task as RunnerTestCase, () => void found.push(severityOfSuccess(write, 409)))

  expect(found).toEqual(['status'])
})
