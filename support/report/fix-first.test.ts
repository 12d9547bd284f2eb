import { expect, test } from 'vitest'
import type { Observation, Severity } from '../observation'
import { ran, runOf } from '../testing/results'
import type { PromiseResult } from '../verdicts/promises'
import { resultOf } from '../verdicts/run'
import { closingLines, promiseLines } from './closing'
import { fixLines } from './fix-first'

const FILES = [
  'race/one-put-of-several-wins',
  'race/one-copy-of-several-wins',
  'read/if-match-reads',
  'write/create',
  'copy-source/if-none-match-star',
  'write/if-none-match-star',
]
const returned = (status: number): Observation => ({ kind: 'response', operation: 'GetObject', status })

/** Returns `count` checks that deviate in the same way. */
const checks = (count: number, status: number, severity: Severity, behaviour = 'read/if-match-reads') =>
  Array.from({ length: count }, (_, n) => {
    const id = `${behaviour}/check-${severity}-${status}-${n}`
    return ran(id, returned(status), { deviation: { severity, observed: [returned(status)] } })
  })

test('a promise has a status for one client and for concurrent clients, and a broken promise shows its rate', () => {
  const promises: PromiseResult[] = [
    { promise: 'create once', alone: 'kept', race: 'kept' },
    { promise: 'source of a copy', alone: 'partly' },
    { promise: 'delete', alone: 'kept', race: 'broken', rate: '7 of 10 rounds' },
    { promise: 'complete an upload', alone: 'other', race: 'not tried' },
  ]

  const lines = promiseLines(promises)

  expect(lines).toEqual([
    'Is data protected?      with one client           with concurrent clients',
    '  create once           yes                       yes',
    '  source of a copy      yes *',
    '  delete                yes                       ‼ NO (7 of 10 rounds)',
    '  complete an upload    ✗ deviates, no data loss  not tried',
    '  * Some of the checks did not run.',
  ])
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(promiseLines([])).toEqual([])
})

test('groups are sorted by severity and number of checks, and each names the file with most of its checks', () => {
  const some = [
    ...checks(3, 200, 'status'),
    ...checks(1, 201, 'data', 'write/create'),
    ...checks(2, 202, 'data', 'race/one-put-of-several-wins'),
    ...checks(1, 202, 'data', 'race/one-copy-of-several-wins'),
    ran('write/create/none', undefined, { verdict: 'setup failure' }),
  ]

  const line = (text: string, file: string) => `${text.padEnd(80 - file.length)}${file}`
  expect(fixLines(some, FILES, 10)).toEqual([
    '‼ a client can lose data or be misinformed about it: 4 checks',
    line('   3 × reads: 202', 'one-put'),
    line('   1 × reads: 201', 'write/create'),
    '✗ the status differs from that of Amazon S3: 3 checks',
    line('   3 × reads: 200', 'if-match'),
    line('   1 × setup failure, not counted as a deviation', 'write/create'),
  ])
})

test('the summary for a store without a baseline fits on one screen', () => {
  const some = (['data', 'status', 'detail'] as const).flatMap((severity) =>
    Array.from({ length: 40 }, (_, n) => checks(2, 400 + n, severity)).flat(),
  )
  const run = runOf(some)
  const result = resultOf(run)
  const promises: PromiseResult[] = [{ promise: 'create once', alone: 'kept', race: 'broken', rate: '7 of 10 rounds' }]
  const server = 'A store that calls itself by a name of exactly sixty letters'
  const hints = ['All results: here']
  const lines = closingLines(result, { ran: run.checks, promises, behaviours: FILES, hints, server })

  expect(lines.length).toBeLessThanOrEqual(25)
  expect(lines[0]).toBe('A store that calls itself b…: 0 of 240 checks hold, 240 deviate; 0 could not run')
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  for (const sign of ['‼', '✗', '≈']) expect(lines.some((line) => line.startsWith(sign))).toBe(true)
  expect(lines.at(-2)).toMatch(/^\d+ more checks in \d+ more groups\. To list them all: S3_DEVIATIONS=all npm test$/)
  expect(closingLines(result, { ran: run.checks, show: 'all' })).toHaveLength(243)
})

test('a file name that occurs in several folders is shown with its folder', () => {
  const [, line] = fixLines(checks(1, 200, 'data', 'write/if-none-match-star'), FILES, 10)

  expect(line).toMatch(/ write\/if-none$/)
})
