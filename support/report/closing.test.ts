import { expect, test } from 'vitest'
import type { Observation, Severity } from '../observation'
import { sentenceOf } from '../sentence'
import { exampleOf, failed500, known, returned200 } from '../testing/results'
import { resultOf } from '../verdicts/run'
import { behaviourStatus, summaryOf } from '../verdicts/summary'
import { closingLines } from './closing'

const title = 'LocalStack 4.14.0 (process)'

test('the summary lists behaviours, checks by verdict and severity, causes, and failed checks, in this order', () => {
  const result = exampleOf(
    {
      'write/a/one': { verdict: 'holds' },
      'write/b/one': { verdict: 'holds' },
      'write/b/two': { ...known(returned200), severity: 'data' },
      'write/c/one': { ...known(returned200), severity: 'detail' },
      'write/d/one': { ...known(returned200, 'rare'), severity: 'detail' },
      'write/e/one': { verdict: 'unsupported' },
      'write/f/one': { verdict: 'changed deviation', severity: 'status', observed: [failed500] },
      'write/f/two': { verdict: 'no longer deviates' },
      'write/g/one': { verdict: 'setup failure' },
      'write/g/two': { verdict: 'no response' },
      'race/a/one': { ...known(returned200), verdict: 'unstable', violated: 1, rounds: 4 },
      'race/a/two': { verdict: 'unstable', violated: 0, rounds: 10, cause: 'no-condition' },
    },
    { causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' }, rare: { why: 'Once' } } },
  )

  expect(closingLines(result, { suiteFailures: 1 })).toEqual([
    `${title}: 8 behaviours: 1 hold, 2 partly hold, 3 deviate, 1 unsupported, 1 unknown`,
    `${title}: 12 checks: 2 hold, 3 known deviations, 2 unstable (1 deviated in this run), 1 unsupported, 2 unexpected, 1 setup failure, 1 no response`,
    '4 deviations: 1 data, 1 status, 2 detail',
    'Causes of known and unstable deviations:',
    '  4 × It has none, https://example.com/1',
    '  1 × Once',
    '  unstable: race/a: 2 checks, of which 1 deviated in this run',
    `changed deviation: write/f/one: ${sentenceOf([failed500])}`,
    'no longer deviates: write/f/two',
    'setup failure: write/g/one',
    'no response: write/g/two',
    '1 self-test of the suite failed',
  ])
})

test('the deviations are called known if the baseline contains all of them', () => {
  const data = { ...known(returned200), severity: 'data' } as const

  expect(closingLines(exampleOf({ 'a/b/c': data, 'a/b/d': known(returned200), 'a/b/e': data }))).toContain(
    '3 known deviations: 2 data, 1 status',
  )
})

test('S3_DEVIATIONS=list lists known deviations', () => {
  const unstable = { ...known(returned200), verdict: 'unstable', violated: 3, rounds: 10 } as const
  const lines = closingLines(exampleOf({ 'write/a/one': known(returned200), 'race/a/one': unstable }), { show: 'list' })
  const seen = sentenceOf([returned200])

  expect(lines[0]).toBe(`known deviation: write/a/one: ${seen}: because of no-condition`)
  expect(lines).toContain(`unstable: race/a/one: ${seen}, in 3 of 10 rounds: because of no-condition`)
})

test('a store that stopped responding is reported once', () => {
  const lines = closingLines(exampleOf({ 'a/b/c': { verdict: 'unreachable' }, 'a/b/d': { verdict: 'unreachable' } }))

  expect(lines.at(-1)).toBe(`${title} stopped responding, so the run stopped. 2 checks could not run.`)
  expect(lines).toHaveLength(3)
})

test('checks that contradict the reference are counted separately', () => {
  const lines = closingLines(
    exampleOf(
      { 'a/b/c': { verdict: 'contradicts the reference', severity: 'data', observed: [returned200], exchange: [] } },
      { store: { name: 'aws', version: 'eu-west-1', how: 'aws', region: 'eu-west-1' } },
    ),
  )

  expect(lines).toEqual([
    'Amazon S3 eu-west-1 (aws): 1 behaviour: 0 hold, 0 partly hold, 1 deviate',
    'Amazon S3 eu-west-1 (aws): 1 check: 0 hold, 0 known deviations, 0 unsupported, 0 unexpected, 1 contradicts the reference',
    '1 deviation: 1 data',
    `contradicts the reference: a/b/c: ${sentenceOf([returned200])}`,
  ])
})

test('a behaviour holds if at least one check holds and none deviates', () => {
  const status = (...verdicts: Parameters<typeof behaviourStatus>[0][number]['verdict'][]) =>
    behaviourStatus(verdicts.map((verdict) => ({ verdict })))

  expect(status('holds', 'unsupported')).toBe('holds')
  expect(status('holds', 'known deviation')).toBe('partly')
  expect(status('unstable')).toBe('deviates')
  expect(status('deviation', 'setup failure')).toBe('deviates')
  expect(status('unsupported')).toBe('unsupported')
  expect(status('unsupported', 'no response')).toBe('unknown')
  expect(status()).toBe('unknown')
})

test('unstable checks are not counted as deviations', () => {
  const unstable = { ...known(returned200), verdict: 'unstable', severity: 'data', violated: 1, rounds: 2 } as const
  const summary = summaryOf(exampleOf({ 'a/b/c': known(returned200), 'a/b/d': unstable }))

  expect(summary.severities).toEqual({ data: 0, status: 1, detail: 0 })
  expect(summary.unstable).toEqual({ all: 1, violated: 1 })
})

test('the result of a run contains only the causes of its known deviations', () => {
  const { suite, sdk, date, store, unsupported } = exampleOf({})
  const entry = {
    verdict: 'known deviation',
    observed: [returned200],
    cause: 'no-condition',
    why: 'It has none',
  } as const
  const deviation = (observed: Observation, severity: Severity) => ({ observed: [observed], severity })
  const path = (bucket: string) =>
    ({ by: 'spec', operation: 'GetObject', request: { method: 'GET', path: bucket, headers: {} } }) as const
  const result = resultOf(
    {
      head: { suite, sdk, date, store, unsupported },
      checks: [
        {
          id: 'a/b/c',
          behaviour: 'a/b',
          verdict: 'known deviation',
          deviation: deviation(returned200, 'status'),
          exchange: [path('/one/key')],
          requests: 1,
        },
        {
          id: 'a/b/d',
          behaviour: 'a/b',
          verdict: 'changed deviation',
          deviation: deviation(failed500, 'data'),
          exchange: [path('/two?x')],
          requests: 60,
          rounds: { violated: 20, rounds: 30, planned: 5 },
        },
      ],
    },
    { 'a/b/c': entry, 'a/b/d': { ...entry, cause: 'other' } },
  )

  expect(result).toEqual(
    exampleOf(
      {
        'a/b/c': known(returned200),
        'a/b/d': { verdict: 'changed deviation', severity: 'data', observed: [failed500], violated: 20, rounds: 30 },
      },
      { causes: { 'no-condition': { why: 'It has none' } }, requests: { 'a/b': 11 }, buckets: 2 },
    ),
  )
})

test('the twelve most frequent causes are shown by default, and all causes with S3_DEVIATIONS=list', () => {
  const names = Array.from({ length: 15 }, (_, n) => `cause-${n}`)
  const result = exampleOf(Object.fromEntries(names.map((name) => [`a/${name}/c`, known(returned200, name)])))
  const causes = (lines: string[]) => lines.filter((line) => line.startsWith('  '))

  expect(causes(closingLines(result))).toHaveLength(13)
  expect(causes(closingLines(result)).at(-1)).toBe(
    '  3 other causes: 3 checks. Set S3_DEVIATIONS=list to list every cause.',
  )
  expect(causes(closingLines(result, { show: 'list' }))).toHaveLength(15)
})
