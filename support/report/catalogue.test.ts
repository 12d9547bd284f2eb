import { expect, test } from 'vitest'
import type { Check } from '../verdicts/manifest'
import type { CheckResult, Result } from '../verdicts/result-file'
import { catalogue } from './catalogue'

const check = (id: string, facts: Check['facts']): Check => ({
  id,
  behaviour: id.slice(0, id.lastIndexOf('/')),
  title: id,
  describe: 'A sentence',
  facts,
  docs: 'conditional-reads',
})

const result = (name: string, checks: Record<string, CheckResult>): Result => ({
  format: 2,
  suite: '0.1.0',
  sdk: '3.0.0',
  date: '2026-11-25',
  store: { name, version: '1.0', how: 'process' },
  unsupported: {},
  causes: {},
  checks,
  requests: {},
  buckets: 1,
})

const known: CheckResult = {
  verdict: 'known deviation',
  observed: [{ kind: 'response', operation: 'GetObject', status: 200 }],
  cause: '',
}
const joined = catalogue(
  [check('read/a/one', ['R03']), check('read/a/two', ['R03', 'R35']), check('write/b/one', ['P02'])],
  [
    result('localstack', { 'read/a/one': { verdict: 'holds' }, 'read/a/two': known }),
    result('ministack', { 'read/a/one': known, 'write/b/one': { verdict: 'holds' } }),
  ],
)

test('every check has its facts with their strength, and a result for every store', () => {
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
    results: [known, undefined],
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
