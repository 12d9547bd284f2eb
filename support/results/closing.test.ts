import { expect, test } from 'vitest'
import { closingLines, estimate } from './closing'
import { exampleOf, known } from './example'
import { resultOf } from './run'
import { standingOf, summaryOf } from './summary'

const title = 'LocalStack 4.14.0 (process)'

test('behaviours come first, then checks by verdict and level, then causes, then what is red by name', () => {
  const result = exampleOf(
    {
      'write/a/one': { verdict: 'holds' },
      'write/b/one': { verdict: 'holds' },
      'write/b/two': { ...known('x'), level: 'data' },
      'write/c/one': { ...known('x'), level: 'detail' },
      'write/d/one': { ...known('x', 'rare'), level: 'detail' },
      'write/e/one': { verdict: 'not applicable' },
      'write/f/one': { verdict: 'changed deviation', level: 'answer', observed: 'PutObject answered 500' },
      'write/f/two': { verdict: 'no longer deviates' },
      'write/g/one': { verdict: 'setup failure' },
      'write/g/two': { verdict: 'no answer' },
    },
    { causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' }, rare: { why: 'Once' } } },
  )

  expect(closingLines(result, { suiteFailures: 1 })).toEqual([
    `${title}: 7 behaviours: 1 hold, 2 hold partly, 2 deviate, 1 not applicable, 1 not known`,
    `${title}: 10 checks: 2 hold, 3 known deviations, 1 not applicable, 2 unexpected, 1 setup failure, 1 no answer; of those that differ ‼ 1 data, ✗ 1 answer, ≈ 2 detail`,
    '  2 × It has none, https://example.com/1',
    '  1 × Once',
    'changed deviation: write/f/one: PutObject answered 500',
    'no longer deviates: write/f/two',
    'setup failure: write/g/one',
    'no answer: write/g/two',
    'red: 1 test of the suite itself failed',
  ])
})

test('known deviations are listed where that is asked for', () => {
  const [first] = closingLines(exampleOf({ 'write/a/one': known(['x', 'holds']) }), { list: true })

  expect(first).toBe('known deviation: write/a/one: x; or: holds: because of no-condition')
})

test('a store that went away is said once', () => {
  const lines = closingLines(exampleOf({ 'a/b/c': { verdict: 'unreachable' }, 'a/b/d': { verdict: 'unreachable' } }))

  expect(lines.at(-1)).toBe(`${title} stopped answering: the run was ended; 2 checks have no verdict.`)
  expect(lines).toHaveLength(3)
})

test('what Amazon S3 contradicts is counted by itself', () => {
  const lines = closingLines(
    exampleOf(
      { 'a/b/c': { verdict: 'contradicts the reference', level: 'data', observed: 'x', exchange: [] } },
      { store: { name: 'aws', version: 'eu-west-1', how: 'aws', region: 'eu-west-1' } },
    ),
  )

  expect(lines).toEqual([
    'Amazon S3 eu-west-1 (aws): 1 behaviour: 0 hold, 0 hold partly, 1 deviate',
    'Amazon S3 eu-west-1 (aws): 1 check: 0 hold, 0 known deviations, 0 not applicable, 0 unexpected, 1 contradict the reference; of those that differ ‼ 1 data',
    'contradicts the reference: a/b/c: x',
  ])
})

test('a behaviour holds when all of its checks hold that say something', () => {
  const standing = (...verdicts: Parameters<typeof standingOf>[0][number]['verdict'][]) =>
    standingOf(verdicts.map((verdict) => ({ verdict })))

  expect(standing('holds', 'not applicable')).toBe('holds')
  expect(standing('holds', 'known deviation')).toBe('partly')
  expect(standing('deviation', 'setup failure')).toBe('deviates')
  expect(standing('not applicable')).toBe('not applicable')
  expect(standing('not applicable', 'no answer')).toBe('not known')
  expect(standing()).toBe('not known')
})

test('deviations that nobody has rated are counted as such', () => {
  expect(summaryOf(exampleOf({ 'a/b/c': known('x') })).levels).toEqual({ data: 0, answer: 0, detail: 0, unrated: 1 })
})

test('a run on Amazon S3 costs at most what any recording has counted', () => {
  const recordings = [
    exampleOf({}, { requests: { 'read/a': 10, 'read/b': 3 }, buckets: 2 }),
    exampleOf({}, { requests: { 'read/a': 1 }, buckets: 4 }),
  ]

  expect(estimate(['read/a', 'read/new'], recordings)).toContain('at most 4 buckets and about 30 requests')
  expect(estimate(['read/a'], [])).toContain('at most 0 buckets')
})

test('the result of a run has the causes of the deviations that it met, and no others', () => {
  const { suite, sdk, date, store, lacks } = exampleOf({})
  const deviation = { observed: 'x', cause: 'no-condition', why: 'It has none' }
  const path = (bucket: string) =>
    ({ by: 'spec', operation: 'GetObject', request: { method: 'GET', path: bucket, headers: {} } }) as const
  const result = resultOf(
    {
      head: { suite, sdk, date, store, lacks },
      checks: [
        { id: 'a/b/c', behaviour: 'a/b', verdict: 'known deviation', observed: 'x', exchange: [path('/one/key')] },
        {
          id: 'a/b/d',
          behaviour: 'a/b',
          verdict: 'changed deviation',
          observed: 'y',
          level: 'data',
          exchange: [path('/two?x')],
        },
      ],
    },
    { 'a/b/c': deviation, 'a/b/d': { ...deviation, cause: 'other' } },
  )

  expect(result).toEqual(
    exampleOf(
      { 'a/b/c': known('x'), 'a/b/d': { verdict: 'changed deviation', observed: 'y', level: 'data' } },
      { causes: { 'no-condition': { why: 'It has none' } }, requests: { 'a/b': 2 }, buckets: 2 },
    ),
  )
})

test('the twelve most frequent causes are named, and all of them where known deviations are listed', () => {
  const names = Array.from({ length: 15 }, (_, n) => `cause-${n}`)
  const result = exampleOf(Object.fromEntries(names.map((name) => [`a/${name}/c`, known('x', name)])))
  const causes = (lines: string[]) => lines.filter((line) => line.startsWith('  '))

  expect(causes(closingLines(result))).toHaveLength(13)
  expect(causes(closingLines(result)).at(-1)).toBe('  3 × 3 other causes; S3_DEVIATIONS=list names them')
  expect(causes(closingLines(result, { list: true }))).toHaveLength(15)
})
