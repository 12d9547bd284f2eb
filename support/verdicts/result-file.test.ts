import { expect, test } from 'vitest'
import { SetupError } from '../errors'
import { isSame } from '../observation'
import { examples } from '../testing/observations'
import { exampleOf, known, returned200 } from '../testing/results'
import { type CheckResult, meaningOf, missingCauses, parseResult, type Result, textOf } from './result-file'
import { VERDICTS } from './verdict'

const result = exampleOf(
  {
    'write/b/fails': known(returned200, 'ignored'),
    'race/a/one': { ...known(returned200, 'ignored'), verdict: 'unstable', violated: 3, rounds: 30 },
    'write/a/holds': { verdict: 'holds' },
  },
  { unsupported: { website: 'it has none' }, requests: { 'write/b': 2, 'write/a': 3 }, buckets: 2 },
)

const errorFor = (text: string, as: 'result' | 'baseline' = 'baseline'): string => {
  try {
    parseResult(text, 'my-store.json', as)
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  return 'none'
}
const errorAbout = (checks: Result['checks'], more: Partial<Result> = {}, as?: 'result') =>
  errorFor(JSON.stringify(exampleOf(checks, more)), as)

test('a result is written in order, with one line per check, and is read back unchanged', () => {
  const text = textOf(result)

  expect(parseResult(text, 'a file', 'baseline')).toEqual(result)
  expect(text).toBe(`{
  "format": 2,
  "suite": "0.1.0+0000000",
  "sdk": "3.1169.0",
  "date": "2026-11-25",
  "store": { "name": "localstack", "version": "4.14.0", "how": "process" },
  "unsupported": {
    "website": "it has none"
  },
  "causes": {
    "ignored": { "why": "because of ignored" }
  },
  "checks": {
    "race/a/one": { "verdict": "unstable", "severity": "status", "violated": 3, "rounds": 30, "observed": [ { "kind": "response", "operation": "PutObject", "status": 200 } ], "cause": "ignored" },
    "write/a/holds": { "verdict": "holds" },
    "write/b/fails": { "verdict": "known deviation", "severity": "status", "observed": [ { "kind": "response", "operation": "PutObject", "status": 200 } ], "cause": "ignored" }
  },
  "requests": {
    "write/a": 3,
    "write/b": 2
  },
  "buckets": 2
}
`)
})

test('every verdict has a meaning', () => {
  expect(VERDICTS.filter((verdict) => !meaningOf(verdict))).toEqual([])
})

test('every kind of observation can be written and read', () => {
  const check: CheckResult = { verdict: 'known deviation', severity: 'data', observed: [...examples], cause: '' }
  const text = textOf(exampleOf({ 'a/b/c': check }))
  const read = parseResult(text, 'a file', 'baseline')

  expect(isSame(read.checks['a/b/c']?.observed ?? [], examples)).toBe(true)
  // Formatting the parsed result yields the same text, with all members in the same order.
  expect(textOf(read)).toBe(text)
})

test.for<[string, () => string, string]>([
  ['invalid JSON', () => errorFor('{'), 'my-store.json is not valid JSON: '],
  ['another format', () => errorFor('{ "deviations": {} }'), 'format: must be 2. This is not a result file'],
  [
    'an unknown verdict',
    () => errorAbout({ 'a/b/c': { verdict: 'good' as 'holds' } }, {}, 'result'),
    'checks › a/b/c › verdict: ',
  ],
  [
    'an unknown member',
    () => errorAbout({ 'a/b/c': { verdict: 'holds', casue: 'x' } as never }),
    'checks › a/b/c: Unrecognized key: "casue"',
  ],
  [
    'a cause id with a space',
    () => errorAbout({}, { causes: { 'no condition': { why: '' } } }),
    'is not a valid cause id',
  ],
  ['an invalid link', () => errorAbout({}, { causes: { a: { why: 'w', link: 'see it' } } }), 'causes › a › link'],
  [
    'a verdict that only a run can have, in a baseline',
    () => errorAbout({ 'a/b/c': { verdict: 'deviation', observed: [returned200] } }),
    'checks › a/b/c › verdict: “deviation” is not a valid verdict',
  ],
  [
    'a deviation without observations',
    () => errorAbout({ 'a/b/c': { verdict: 'known deviation', cause: '' } }),
    'checks › a/b/c › observed: is missing',
  ],
  [
    'a sentence instead of observations',
    () => errorAbout({ 'a/b/c': { ...known(returned200), observed: 'holds' as never } }),
    'checks › a/b/c › observed: must be a list of observations',
  ],
  [
    '“holds” among the observations of a stable deviation',
    () => errorAbout({ 'a/b/c': { ...known(returned200), observed: ['holds' as never, returned200] } }),
    'checks › a/b/c › observed › 0',
  ],
  [
    'observations of a check that holds',
    () => errorAbout({ 'a/b/c': { verdict: 'holds', observed: [returned200] } }),
    'checks › a/b/c › observed: is not allowed with “holds”',
  ],
  [
    'an unstable check that was never violated',
    () => errorAbout({ 'a/b/c': { ...known(returned200), verdict: 'unstable', violated: 0, rounds: 30 } }),
    'checks › a/b/c › violated: must be at least 1',
  ],
  [
    'more violations than rounds',
    () => errorAbout({ 'a/b/c': { ...known(returned200), verdict: 'unstable', violated: 3, rounds: 2 } }),
    'checks › a/b/c › violated: must not be greater',
  ],
  [
    'a known deviation of Amazon S3',
    () => errorAbout({ 'a/b/c': known(returned200) }, { store: { name: 'aws', version: 'eu-west-1', how: 'aws' } }),
    'checks › a/b/c › verdict: a baseline for aws cannot',
  ],
  [
    'a contradiction by another store',
    () => errorAbout({ 'a/b/c': { verdict: 'contradicts the reference', observed: [returned200] } }),
    'checks › a/b/c › verdict: is allowed only for Amazon S3 and the reference store',
  ],
])('the error for %s names the file and the member', ([, run, expected]) => {
  expect(run()).toContain('my-store.json')
  expect(run()).toContain(expected)
})

test('the error lists ten problems and the number of further problems', () => {
  const bad = Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`a/b/${n}`, { verdict: 'good' as 'holds' }]))

  expect(errorAbout(bad).split('\n')).toHaveLength(12)
  expect(errorAbout(bad)).toContain('and 3 more')
})

test('missing, undefined and empty causes are found', () => {
  const { causes, checks } = exampleOf({
    'a/b/c': known(returned200, ''),
    'a/b/d': known(returned200, 'gone'),
    'a/b/e': known(returned200),
  })
  delete causes.gone

  expect(missingCauses({ causes: { ...causes, empty: { why: ' ' } }, checks })).toEqual({
    withoutCause: ['a/b/c'],
    undefinedCause: ['a/b/d'],
    emptyCauses: ['empty'],
  })
})
