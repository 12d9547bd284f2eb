import { expect, test } from 'vitest'
import type { Exchange } from '../exchange/record'
import { closingLines } from './closing'
import { type Differing, differences } from './differences'
import { ran, runOf } from './example'
import { resultOf } from './run'

const sent = (operation: string, headers: Record<string, string>): Exchange[] => [
  { by: 'fixture', operation: 'PutObject', request: { method: 'PUT', path: '/b/k', headers: {} } },
  { by: 'spec', operation, request: { method: 'GET', path: '/b/k', headers } },
]
const refused = (condition: string) => `the request is refused with 412, PreconditionFailed, Condition: ${condition}.`
const said = (...all: Differing[]) => differences(all).map(({ said, checks }) => `${checks.length} ${said}`)

test('what is asked alike and answered alike is one group, the most frequent first', () => {
  expect(
    said(
      { observed: 'it is gone', wanted: refused('If-None-Match'), level: 'data' },
      ...['GetObject', 'HeadObject'].map((operation) => ({
        observed: `${operation} answered 412 PreconditionFailed, no Condition`,
        wanted: refused('If-Match'),
        exchange: sent(operation, { 'if-match': '"e"', 'if-none-match': '"e"' }),
      })),
    ),
  ).toEqual([
    '2 reads, If-Match: 412 wanted, answered 412, no Condition',
    '1 the request, If-None-Match: 412 wanted, it is gone',
  ])
})

test('the condition is the one that is named, or that alone is sent', () => {
  const accepted = { observed: 'CopyObject answered 412', wanted: 'the request is accepted with 200.' }
  const source = 'x-amz-copy-source-if-modified-since'

  expect(said({ ...accepted, exchange: sent('CopyObject', { [source]: 'date', range: 'x' }) })).toEqual([
    '1 copies, If-Modified-Since: 200 wanted, answered 412',
  ])
  expect(said({ ...accepted, exchange: sent('CopyObject', { [source]: 'date', 'if-match': '"e"' }) })).toEqual([
    '1 copies, several conditions: 200 wanted, answered 412',
  ])
})

test('what changed behind a refusal is said, and what follows from an answer is not', () => {
  const wanted = refused('If-Match')

  expect(
    said({ observed: 'PutObject answered 412; its bytes changed', wanted, exchange: sent('PutObject', {}) }),
  ).toEqual(['1 PutObject, If-Match: 412 wanted, answered 412; its bytes changed'])
  expect(
    said({ observed: 'PutObject accepted with 200; its bytes changed', wanted, exchange: sent('PutObject', {}) }),
  ).toEqual(['1 PutObject, If-Match: 412 wanted, accepted with 200'])
})

test('an unrecorded store gets one screen, however much differs', () => {
  const checks = Array.from({ length: 300 }, (_, n) =>
    ran(`read/a/check-${n}`, `GetObject answered ${n % 40}`, { level: 'answer', exchange: sent('GetObject', {}) }),
  )
  const run = runOf(checks)
  const lines = closingLines(resultOf(run), { ran: run.checks })

  expect(lines.length).toBeLessThanOrEqual(40)
  expect(lines).toContain('Nothing is written down of 300 deviations; the most frequent first:')
  expect(lines).toContain('  8 × ✗ reads: answered 0')
  expect(lines).toContain('      e.g. read/a/check-0')
  expect(lines.at(-1)).toBe('  220 more, in 30 groups; S3_DEVIATIONS=all lists each')
  expect(closingLines(resultOf(run), { ran: run.checks, all: true })).toHaveLength(302)
})
