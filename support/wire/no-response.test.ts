import { expect, test } from 'vitest'
import { retryAfterMs } from './no-response'

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
