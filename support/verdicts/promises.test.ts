import { expect, test } from 'vitest'
import type { PromisedCheck } from '../promises'
import { type PromiseStatus, promiseResults } from './promises'
import type { CheckResult } from './result-file'

const all: PromisedCheck[] = [
  { id: 'a', promise: 'delete', race: false },
  { id: 'b', promise: 'delete', race: false },
  { id: 'c', promise: 'delete', race: true },
]
const holds: CheckResult = { verdict: 'holds' }
const deviates = (severity: CheckResult['severity'], more: Partial<CheckResult> = {}): CheckResult => {
  return { verdict: 'deviation', severity, ...more }
}

test.for<[PromiseStatus, Record<string, CheckResult>]>([
  ['kept', { a: holds, b: holds }],
  ['kept', { a: holds, b: deviates('detail') }],
  ['kept', { a: holds, b: { verdict: 'no longer deviates' } }],
  ['broken', { a: holds, b: deviates('data') }],
  ['broken', { a: deviates('status'), b: { verdict: 'known deviation', severity: 'data' } }],
  ['other', { a: holds, b: deviates('status') }],
  ['partly', { a: holds }],
  ['partly', { a: holds, b: { verdict: 'unsupported' } }],
  ['partly', { a: holds, b: { verdict: 'no response' } }],
  ['not tried', { a: { verdict: 'unsupported' }, b: { verdict: 'setup failure' } }],
])('a promise is %s with %o', ([status, checks]) => {
  expect(promiseResults(all, checks)).toMatchObject([{ promise: 'delete', alone: status, race: 'not tried' }])
})

test('a promise is broken if one of its races deviates or is unstable, and a new deviation has a violation rate', () => {
  const violated = deviates('data', { violated: 7, rounds: 10 })

  expect(promiseResults(all, { a: holds, b: holds, c: violated })).toEqual([
    { promise: 'delete', alone: 'kept', race: 'broken', rate: '7 of 10 rounds' },
  ])
  expect(promiseResults(all, { c: { verdict: 'unstable', violated: 0, rounds: 10 } })).toEqual([
    { promise: 'delete', alone: 'not tried', race: 'broken' },
  ])
})

test('a promise without results is omitted', () => {
  expect(promiseResults(all, { z: holds })).toEqual([])
})
