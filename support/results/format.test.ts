import { expect, test } from 'vitest'
import { SetupError } from '../errors'
import { VERDICTS } from '../judge/verdict'
import { exampleOf, known } from './example'
import { parseResult, type Result, textOf, verdicts, wanting } from './format'

const result = exampleOf(
  {
    'write/b/is-refused': {
      verdict: 'known deviation',
      level: 'data',
      observed: 'accepted with 200',
      cause: 'ignored',
    },
    'write/a/holds': { verdict: 'holds' },
  },
  { lacks: { website: 'it has none' }, requests: { 'write/b': 2, 'write/a': 3 }, buckets: 2 },
)

const complaint = (text: string, recorded = true): string => {
  try {
    parseResult(text, 'my-store.json', { recorded })
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
  return 'none'
}
const complaintAbout = (checks: Result['checks'], more: Partial<Result> = {}, recorded = true) =>
  complaint(JSON.stringify(exampleOf(checks, more)), recorded)

test('is written with one line for each check, in order, and read again as it was', () => {
  const text = textOf(result)

  expect(parseResult(text, 'a file', { recorded: true })).toEqual(result)
  expect(text).toBe(`{
  "format": 1,
  "suite": "0.1.0+0000000",
  "sdk": "3.1169.0",
  "date": "2026-11-25",
  "store": { "name": "localstack", "version": "4.14.0", "how": "process" },
  "lacks": {
    "website": "it has none"
  },
  "causes": {
    "ignored": { "why": "because of ignored" }
  },
  "checks": {
    "write/a/holds": { "verdict": "holds" },
    "write/b/is-refused": { "verdict": "known deviation", "level": "data", "observed": "accepted with 200", "cause": "ignored" }
  },
  "requests": {
    "write/a": 3,
    "write/b": 2
  },
  "buckets": 2
}
`)
})

test('knows every verdict of the judge', () => {
  expect([...verdicts].sort()).toEqual([...VERDICTS].sort())
})

test.for<[string, () => string, string]>([
  ['no JSON', () => complaint('{'), 'my-store.json is no JSON: '],
  ['another format', () => complaint('{ "deviations": {} }'), 'format: must be 1: this is no result'],
  [
    'a verdict that there is not',
    () => complaintAbout({ 'a/b/c': { verdict: 'good' as 'holds' } }, {}, false),
    'checks › a/b/c › verdict: ',
  ],
  [
    'a member that there is not',
    () => complaintAbout({ 'a/b/c': { verdict: 'holds', casue: 'x' } as never }),
    'checks › a/b/c: Unrecognized key: "casue"',
  ],
  ['a cause with blanks', () => complaintAbout({}, { causes: { 'no condition': { why: '' } } }), 'a cause is called'],
  [
    'a link that is none',
    () => complaintAbout({}, { causes: { a: { why: 'w', link: 'see it' } } }),
    'causes › a › link',
  ],
  [
    'a verdict of a run among the recorded ones',
    () => complaintAbout({ 'a/b/c': { verdict: 'deviation', observed: 'x' } }),
    'checks › a/b/c › verdict: “deviation” is the verdict of a run',
  ],
  [
    'a deviation that does not say what was observed',
    () => complaintAbout({ 'a/b/c': { verdict: 'known deviation', cause: '' } }),
    'checks › a/b/c › observed: is missing',
  ],
  [
    'a known deviation of Amazon S3',
    () => complaintAbout({ 'a/b/c': known('x') }, { store: { name: 'aws', version: 'eu-west-1', how: 'aws' } }),
    'checks › a/b/c › verdict: aws has no known deviations',
  ],
  [
    'a contradiction of a store',
    () => complaintAbout({ 'a/b/c': { verdict: 'contradicts the reference', observed: 'x' } }),
    'checks › a/b/c › verdict: only Amazon S3 can contradict',
  ],
])('%s is said with the file and the place in it', ([, complain, expected]) => {
  expect(complain()).toContain('my-store.json')
  expect(complain()).toContain(expected)
})

test('says ten faults and how many more there are', () => {
  const bad = Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`a/b/${n}`, { verdict: 'good' as 'holds' }]))

  expect(complaintAbout(bad).split('\n')).toHaveLength(12)
  expect(complaintAbout(bad)).toContain('and 3 more')
})

test('wants a cause for every deviation, and a sentence for every cause', () => {
  const { causes, checks } = exampleOf({ 'a/b/c': known('x', ''), 'a/b/d': known('x', 'gone'), 'a/b/e': known('x') })
  delete causes.gone

  expect(wanting({ causes: { ...causes, empty: { why: ' ' } }, checks })).toEqual([
    'a/b/c lacks its cause',
    'a/b/d names the cause gone, which is not among the causes',
    'the cause empty lacks its sentence',
  ])
})
