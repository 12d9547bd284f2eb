import { expect, test } from 'vitest'
import { isClosed, isNoResponse, isUnreachable, retryAfterMs } from './no-response'

const failed = (code: string, more = {}) => Object.assign(new Error('failed'), { code, ...more })

test.for<[string, unknown, boolean[]]>([
  ['a port that nothing listens on', failed('ECONNREFUSED'), [true, true, false]],
  ['a closed connection', failed('ECONNRESET'), [true, false, true]],
  ['a timeout', failed('ETIMEDOUT'), [true, false, false]],
  ['the cause of another error', new Error('failed', { cause: failed('EPIPE') }), [true, false, true]],
  ['one of several errors', new AggregateError([failed('ENOTFOUND')]), [true, true, false]],
  ['an error that the store returned', failed('ECONNRESET', { $fault: 'server' }), [false, false, false]],
  ['an invalid URL', failed('ERR_INVALID_URL'), [false, false, false]],
])('%s shows whether the store responded, was unreachable or closed the connection', ([, error, expected]) => {
  expect([isNoResponse(error), isUnreachable(error), isClosed(error)]).toEqual(expected)
})

test.for<[number | undefined, number, Record<string, string>]>([
  [1_000, 429, {}],
  [1_000, 503, {}],
  [3_000, 429, { 'retry-after': '3' }],
  [30_000, 503, { 'retry-after': '3600' }],
  [1_000, 429, { 'retry-after': 'Wed, 25 Nov 2026 10:00:00 GMT' }],
  [undefined, 500, { 'retry-after': '3' }],
])('the delay before a retry is %s ms after %i %o', ([wait, status, headers]) => {
  expect(retryAfterMs({ response: { status, headers } })).toBe(wait)
})

test('a request without a response is not throttled', () => {
  expect(retryAfterMs({})).toBeUndefined()
})
