import { expect, test } from 'vitest'
import { checkIn, exampleOf, known, returned200 } from '../testing/results'
import type { CheckResult, Result } from '../verdicts/result-file'
import { catalogue } from './catalogue'

const result = (name: string, checks: Record<string, CheckResult>): Result =>
  exampleOf(checks, { store: { name, version: '1.0', how: 'process' } })

const deviation = known(returned200)
const joined = catalogue(
  [checkIn('read/a', 'one', ['R03']), checkIn('read/a', 'two', ['R03', 'R35']), checkIn('write/b', 'one', ['P02'])],
  [
    result('localstack', { 'read/a/one': { verdict: 'holds' }, 'read/a/two': deviation }),
    result('ministack', { 'read/a/one': deviation, 'write/b/one': { verdict: 'holds' } }),
  ],
)

test('every check has its facts with the strength of their evidence, and a result for every store', () => {
  expect(joined.stores.map(({ id, title }) => [id, title])).toEqual([
    ['localstack-1-0', 'LocalStack 1.0'],
    ['ministack-1-0', 'MiniStack 1.0'],
  ])
  expect(joined.behaviours[0]?.checks[1]).toMatchObject({
    id: 'read/a/two',
    evidence: [
      { id: 'R03', strength: 'recorded' },
      { id: 'R35', strength: 'claimed' },
    ],
    results: [deviation, undefined],
  })
})

test('every behaviour has a status on every store', () => {
  expect(joined.behaviours.map(({ path, sentence, statuses }) => [path, sentence, ...statuses])).toEqual([
    ['read/a', 'A sentence', 'partly', 'deviates'],
    ['write/b', 'A sentence', 'unknown', 'holds'],
  ])
})

test('the last folder has the totals of all folders', () => {
  expect(joined.folders.map(({ name, behaviours, checks, facts }) => [name, behaviours, checks, facts])).toEqual([
    ['read', 1, 2, 2],
    ['write', 1, 1, 1],
    ['all', 2, 3, 3],
  ])
  expect(joined.folders[0]?.strengths).toMatchObject({ recorded: 1, claimed: 1, open: 0 })
})
