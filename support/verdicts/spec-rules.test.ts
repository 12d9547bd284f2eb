import type { RunnerTestCase } from 'vitest'
import { expect, test } from 'vitest'
import type { Exchange } from '../wire/record'
import { checkAgainstCatalogue, checkLooked } from './spec-rules'

// What every spec is asked is seen by runs, in rules-of-specs.store.test.ts; here is what a pattern is not asked.

const refused: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/b/k', headers: {} },
  response: { status: 412, headers: {}, error: { Code: 'PreconditionFailed' } },
}
const task = (name: string, exchange: Exchange[]) =>
  ({ name: 'a test', file: { name }, meta: { evidence: ['P02'], exchange } }) as unknown as RunnerTestCase

test('a pattern need not look after each refusal', () => {
  expect(() => checkLooked(task('specs/write/one.spec.ts', [refused]))).toThrow('never looks')
  expect(() => checkLooked(task('specs/pattern/one.spec.ts', [refused]))).not.toThrow()
})

test('a look at another key is no look, however the keys are escaped', () => {
  const put = { ...refused, request: { ...refused.request, path: '/b/a/it%27s' } }
  const look = (path: string): Exchange => ({
    by: 'matcher',
    operation: 'GetObject',
    request: { method: 'GET', path, headers: {} },
    response: { status: 200, headers: {} },
  })

  expect(() => checkLooked(task('specs/write/one.spec.ts', [put, look("/b/a/it's")]))).not.toThrow()
  expect(() => checkLooked(task('specs/write/one.spec.ts', [put, look("/b/it's")]))).toThrow('never looks')
})

test('a pattern has seen the status of a fact, and need not have seen its Condition', () => {
  expect(() => checkAgainstCatalogue(task('specs/write/one.spec.ts', [refused]))).toThrow(
    'holds, but none of its responses',
  )
  expect(() => checkAgainstCatalogue(task('specs/pattern/one.spec.ts', [refused]))).not.toThrow()
  expect(() => checkAgainstCatalogue(task('specs/pattern/one.spec.ts', []))).toThrow('holds, but none of its responses')
})
