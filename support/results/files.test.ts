import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from '../paths'
import { exampleOf, known } from './example'
import { deviationsIn, knownFile, readRecording, readRecordings, readResult, recordingFile, writeResult } from './files'
import { textOf } from './format'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 's3cr-results-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const localstack = { name: 'localstack', version: '4.14.0' }

test('a recording stands beside its store, and one that there is not is no mistake', () => {
  expect(recordingFile(localstack)).toBe(join(root, 'support', 'stores', 'localstack', '4.14.0.json'))
  expect(recordingFile({ name: '../x', version: 'a/b' }, folder)).toBe(join(folder, '.._x', 'a_b.json'))
  expect(readRecording(join(folder, 'none.json'))).toBeUndefined()
  expect(readRecordings({ store: 'none', folder })).toEqual([])
})

test('S3_KNOWN moves the recording of the run’s own store, and no other', () => {
  const S3_KNOWN = join(folder, 'my-store.json')

  expect(knownFile(localstack, { S3_KNOWN })).toBe(S3_KNOWN)
  expect(knownFile(localstack, {})).toBe(recordingFile(localstack))
  expect(readRecordings({ store: 'localstack' }).map(({ store }) => store.version)).toContain('4.14.0')
})

test('is written as a whole, into folders that are made, and nothing else is left there', () => {
  const file = join(folder, 'reports', 'results.json')
  writeResult(file, exampleOf({ 'a/b/c': { verdict: 'deviation', observed: 'x' } }))
  writeResult(file, exampleOf({ 'a/b/c': { verdict: 'holds' } }))

  expect(readdirSync(join(folder, 'reports'))).toEqual(['results.json'])
  expect(readResult(file).checks).toEqual({ 'a/b/c': { verdict: 'holds' } })
})

test('what cannot be written leaves the old one as it was', () => {
  const file = join(folder, 'results.json')
  writeResult(file, exampleOf({}))
  const old = readFileSync(file, 'utf8')

  expect(() => writeResult(file, { ...exampleOf({}), buckets: 1n as never })).toThrow()
  expect(readFileSync(file, 'utf8')).toBe(old)
})

test('a recording that is broken is one clear error', () => {
  const file = join(folder, 'my-store.json')
  writeFileSync(file, '{ "format": 2 }')

  expect(() => readRecording(file)).toThrow(`${file} is no result that can be read:\n  format: must be 1`)
})

test('recordings are in the order of their versions', () => {
  for (const version of ['4.9.0', '4.14.0', '4.13.1']) {
    const store = { name: 'localstack', version, how: 'process' } as const
    writeResult(recordingFile(store, folder), exampleOf({}, { store }))
  }
  expect(existsSync(join(folder, 'localstack'))).toBe(true)
  expect(readRecordings({ folder }).map(({ store }) => store.version)).toEqual(['4.9.0', '4.13.1', '4.14.0'])
})

test('known deviations have the sentence and the link of their cause', () => {
  const result = exampleOf(
    { 'a/b/c': known('x'), 'a/b/d': known(['x', 'holds'], ''), 'a/b/e': { verdict: 'holds' } },
    { causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' } } },
  )

  expect(deviationsIn(result)).toEqual({
    'a/b/c': { observed: 'x', cause: 'no-condition', why: 'It has none', link: 'https://example.com/1' },
    'a/b/d': { observed: ['x', 'holds'], cause: '', why: '' },
  })
  expect(deviationsIn(undefined)).toEqual({})
  expect(textOf(result)).toContain('"observed": [ "x", "holds" ]')
})
