import { expect, test } from 'vitest'
import type { Exchange } from '../exchange/record'
import type { Deviation } from '../judge/verdict'
import type { Expectation, Observation } from '../observation'
import { sentenceOf } from '../sentence'
import { ran, runOf } from '../testing/results'
import { closingLines } from './closing'
import { type Differing, groupsOf } from './groups'
import { resultOf } from './run'

const sent = (operation: string, headers: Record<string, string>): Exchange[] => [
  { by: 'fixture', operation: 'PutObject', request: { method: 'PUT', path: '/b/k', headers: {} } },
  { by: 'spec', operation, request: { method: 'GET', path: '/b/k', headers } },
]
const failure = (Condition: string): Expectation => {
  return { kind: 'failure', status: 412, code: 'PreconditionFailed', elements: { Condition } }
}
const response = (operation: string, status: number): Observation => ({ kind: 'response', operation, status })
const differs = (
  operation: string,
  headers: Record<string, string>,
  expected: Expectation,
  observed: Observation[],
  severity: Deviation['severity'] = 'status',
): Differing => ({ deviation: { expected, observed, severity }, exchange: sent(operation, headers) })

/** Groups by their size, and what their sentences begin with. */
const groups = (...all: Differing[]) => groupsOf(all).map(({ sentence, checks }) => `${checks.length} ${sentence}`)
const saying = (about: string, ...observed: Observation[]) => `${about}${sentenceOf(observed, { operations: false })}`

test('what responds alike is one group', () => {
  const reads = ['GetObject', 'HeadObject'].map((operation) =>
    differs(operation, { 'if-match': '"e"' }, failure('If-Match'), [response(operation, 200)]),
  )

  expect(groups(...reads)).toEqual([saying('2 reads, If-Match: 412 expected, ', response('', 200))])
})

test('another severity, and another side of a copy, are groups of their own; the worst comes first', () => {
  const accepted = [response('CopyObject', 200)]
  const source = { 'x-amz-copy-source-if-match': '"e"' }
  const onSource = differs('CopyObject', source, failure('x-amz-copy-source-If-Match'), accepted)
  const onDestination = differs('CopyObject', { 'if-match': '"e"' }, failure('If-Match'), accepted)
  const worse = differs('CopyObject', { 'if-match': '"e"' }, failure('If-Match'), accepted, 'data')

  expect(groups(onSource, onSource, onDestination, worse)).toEqual([
    saying('1 copies, If-Match: 412 expected, ', response('', 200)),
    saying('2 copies, source If-Match: 412 expected, ', response('', 200)),
    saying('1 copies, If-Match: 412 expected, ', response('', 200)),
  ])
})

test('the condition is the one that is named, or that alone is sent', () => {
  const success: Expectation = { kind: 'success', status: 200 }
  const failed = [response('CopyObject', 412)]
  const source = { 'x-amz-copy-source-if-modified-since': 'date' }

  expect(groups(differs('CopyObject', { ...source, range: 'x' }, success, failed))).toEqual([
    saying('1 copies, source If-Modified-Since: 200 expected, ', response('', 412)),
  ])
  expect(groups(differs('CopyObject', { ...source, 'if-match': '"e"' }, success, failed))).toEqual([
    saying('1 copies, several conditions: 200 expected, ', response('', 412)),
  ])
})

test('a request that should succeed is shown with what is wrong with it', () => {
  const success: Expectation = { kind: 'success' }
  const checksum: Observation = { kind: 'checksum', is: 'other' }

  expect(groups(differs('GetObject', {}, success, [response('GetObject', 501)]))).toEqual([
    saying('1 reads: success expected, ', response('', 501)),
  ])
  expect(groups(differs('GetObject', {}, success, [response('GetObject', 200), checksum]))).toEqual([
    saying('1 reads: success expected, ', response('', 200), checksum),
  ])
})

test('what changed although a request failed is said, and what follows from a response is not', () => {
  const changed: Observation = { kind: 'object', changed: 'bytes' }
  const failed = [response('PutObject', 412), changed]
  const accepted = [response('PutObject', 200), changed]

  expect(groups(differs('PutObject', {}, failure('If-Match'), failed))).toEqual([
    saying('1 PutObject, If-Match: 412 expected, ', response('', 412), changed),
  ])
  expect(groups(differs('PutObject', {}, failure('If-Match'), accepted))).toEqual([
    saying('1 PutObject, If-Match: 412 expected, ', response('', 200)),
  ])
})

test('a store without a baseline gets one screen, however much differs', () => {
  const checks = Array.from({ length: 300 }, (_, n) =>
    ran(`read/a/check-${n}`, response('GetObject', 400 + (n % 40)), { exchange: sent('GetObject', {}) }),
  )
  const run = runOf(checks)
  const lines = closingLines(resultOf(run), { ran: run.checks })

  expect(lines.length).toBeLessThanOrEqual(40)
  expect(lines).toContain(saying('  8 × ✗ reads: ', response('', 400)))
  expect(lines).toContain('      e.g. read/a/check-0')
  expect(lines.at(-1)).toMatch(/^ {2}220 more in 30 groups/)
  expect(closingLines(resultOf(run), { ran: run.checks, all: true })).toHaveLength(303)
})
