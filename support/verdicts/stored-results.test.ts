import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../paths'
import { exampleOf, known, returned200 } from '../testing/results'
import {
  baselineEntries,
  baselineFile,
  ownBaselineFile,
  readBaseline,
  readBaselines,
  readResult,
  writeResult,
} from './stored-results'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 's3cr-results-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const localstack = { name: 'localstack', version: '4.14.0' }

test('a baseline is in the folder of its store, and need not exist', () => {
  expect(baselineFile(localstack)).toBe(join(root, 'support', 'stores', 'localstack', '4.14.0.json'))
  expect(baselineFile({ name: '../x', version: 'a/b' }, folder)).toBe(join(folder, '.._x', 'a_b.json'))
  expect(readBaseline(join(folder, 'none.json'))).toBeUndefined()
  expect(readBaselines({ store: 'none', folder })).toEqual([])
})

test('S3_BASELINE replaces only the baseline for the run’s store', () => {
  const S3_BASELINE = join(folder, 'my-store.json')

  expect(ownBaselineFile(localstack, S3_BASELINE)).toBe(S3_BASELINE)
  expect(ownBaselineFile(localstack)).toBe(baselineFile(localstack))
  expect(readBaselines({ store: 'localstack' }).map(({ store }) => store.version)).toContain('4.14.0')
})

test('writing a result creates its folders and leaves no temporary file', () => {
  const file = join(folder, 'reports', 'results.json')
  writeResult(file, exampleOf({ 'a/b/c': { verdict: 'deviation', observed: [returned200] } }))
  writeResult(file, exampleOf({ 'a/b/c': { verdict: 'holds' } }))

  expect(readdirSync(join(folder, 'reports'))).toEqual(['results.json'])
  expect(readResult(file).checks).toEqual({ 'a/b/c': { verdict: 'holds' } })
})

test('a failed write leaves the old result unchanged', () => {
  const file = join(folder, 'results.json')
  writeResult(file, exampleOf({}))
  const old = readFileSync(file, 'utf8')

  expect(() => writeResult(file, { ...exampleOf({}), buckets: 1n as never })).toThrow()
  expect(readFileSync(file, 'utf8')).toBe(old)
})

test('an invalid baseline is reported in one clear error', () => {
  const file = join(folder, 'my-store.json')
  writeFileSync(file, '{ "format": 1 }')

  expect(() => readBaseline(file)).toThrow(`${file} is not a valid baseline:\n  format: must be 2`)
})

test('baselines are sorted by version', () => {
  for (const version of ['4.9.0', '4.14.0', '4.13.1']) {
    const store = { name: 'localstack', version, how: 'process' } as const
    writeResult(baselineFile(store, folder), exampleOf({}, { store }))
  }
  expect(existsSync(join(folder, 'localstack'))).toBe(true)
  expect(readBaselines({ folder }).map(({ store }) => store.version)).toEqual(['4.9.0', '4.13.1', '4.14.0'])
})

test('an entry has the sentence and the link of its cause, and the rounds of a race', () => {
  const unstable = { ...known(returned200, ''), verdict: 'unstable', violated: 1, rounds: 30 } as const
  const result = exampleOf(
    { 'a/b/c': known(returned200), 'a/b/d': unstable, 'a/b/e': { verdict: 'holds' } },
    { causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' } } },
  )

  expect(baselineEntries(result)).toEqual({
    'a/b/c': {
      verdict: 'known deviation',
      observed: [returned200],
      cause: 'no-condition',
      why: 'It has none',
      link: 'https://example.com/1',
    },
    'a/b/d': { verdict: 'unstable', observed: [returned200], violated: 1, rounds: 30, cause: '', why: '' },
  })
  expect(baselineEntries(undefined)).toEqual({})
})
