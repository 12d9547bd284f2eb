import type { RunnerTestCase } from 'vitest'
import { expect, test } from 'vitest'
import type { Exchange } from '../wire/record'
import { checkFacts, checkFailedWrites } from './spec-rules'

// These tests cover the exceptions for recipes, and keys that are escaped in different ways.
// rules-of-specs.store.test.ts tests the rules in complete runs.

const failed: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/b/k', headers: {} },
  response: { status: 412, headers: {}, error: { Code: 'PreconditionFailed' } },
}
const task = (name: string, exchange: Exchange[]) =>
  ({ name: 'a test', file: { name }, meta: { evidence: ['P02'], exchange } }) as unknown as RunnerTestCase

test('a recipe need not check the key after each failed write', () => {
  expect(() => checkFailedWrites(task('specs/write/one.spec.ts', [failed]))).toThrow('does not check the key')
  expect(() => checkFailedWrites(task('specs/pattern/one.spec.ts', [failed]))).not.toThrow()
})

test('a check of another key does not count, however keys are escaped', () => {
  const put = { ...failed, request: { ...failed.request, path: '/b/a/it%27s' } }
  const look = (path: string): Exchange => ({
    by: 'matcher',
    operation: 'GetObject',
    request: { method: 'GET', path, headers: {} },
    response: { status: 200, headers: {} },
  })

  expect(() => checkFailedWrites(task('specs/write/one.spec.ts', [put, look("/b/a/it's")]))).not.toThrow()
  expect(() => checkFailedWrites(task('specs/write/one.spec.ts', [put, look("/b/it's")]))).toThrow(
    'does not check the key',
  )
})

test('a recipe must receive the status that a fact states, but not its Condition', () => {
  expect(() => checkFacts(task('specs/write/one.spec.ts', [failed]))).toThrow(
    'received none of the responses that its facts describe',
  )
  expect(() => checkFacts(task('specs/pattern/one.spec.ts', [failed]))).not.toThrow()
  expect(() => checkFacts(task('specs/pattern/one.spec.ts', []))).toThrow(
    'received none of the responses that its facts describe',
  )
})
