import { expect, test } from 'vitest'
import type { Expectation, Observation } from '../observation'
import { sentenceOf } from '../sentence'
import type { Deviation } from '../verdicts/verdict'
import type { Exchange } from '../wire/record'
import { type DeviatingCheck, groupsOf } from './groups'

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
): DeviatingCheck => ({ deviation: { expected, observed, severity }, exchange: sent(operation, headers) })

/** Formats each group as its size, followed by its description. */
const groups = (...all: DeviatingCheck[]) => groupsOf(all).map(({ sentence, checks }) => `${checks.length} ${sentence}`)

test('operations that behave alike form one group', () => {
  const reads = ['GetObject', 'HeadObject'].map((operation) =>
    differs(operation, { 'if-match': '"e"' }, failure('If-Match'), [response(operation, 200)]),
  )

  expect(groups(...reads)).toEqual(['2 reads, If-Match: 200, not 412'])
})

test('different severities and the two sides of a copy form separate groups, worst first', () => {
  const accepted = [response('CopyObject', 200)]
  const source = { 'x-amz-copy-source-if-match': '"e"' }
  const onSource = differs('CopyObject', source, failure('x-amz-copy-source-If-Match'), accepted)
  const onDestination = differs('CopyObject', { 'if-match': '"e"' }, failure('If-Match'), accepted)
  const worse = differs('CopyObject', { 'if-match': '"e"' }, failure('If-Match'), accepted, 'data')

  expect(groups(onSource, onSource, onDestination, worse)).toEqual([
    '1 copies, If-Match: 200, not 412',
    '2 copies, source If-Match: 200, not 412',
    '1 copies, If-Match: 200, not 412',
  ])
})

test('the group names the condition in the error, or the only one that was sent', () => {
  const success: Expectation = { kind: 'success', status: 200 }
  const failed = [response('CopyObject', 412)]
  const source = { 'x-amz-copy-source-if-modified-since': 'date' }

  expect(groups(differs('CopyObject', { ...source, range: 'x' }, success, failed))).toEqual([
    '1 copies, source If-Modified-Since: 412, not 200',
  ])
  expect(groups(differs('CopyObject', { ...source, 'if-match': '"e"' }, success, failed))).toEqual([
    '1 copies, several conditions: 412, not 200',
  ])
})

test('a request that should succeed is shown with what went wrong', () => {
  const success: Expectation = { kind: 'success' }
  const checksum: Observation = { kind: 'checksum', is: 'other' }

  expect(groups(differs('GetObject', {}, success, [response('GetObject', 501)]))).toEqual(['1 reads: 501, not success'])
  expect(groups(differs('GetObject', {}, success, [response('GetObject', 200), checksum]))).toEqual([
    `1 reads: ${sentenceOf([response('', 200), checksum], { operations: false })}, not success`,
  ])
})

test('a change by a failed request is shown, but the consequences of a successful request are not', () => {
  const changed: Observation = { kind: 'object', changed: 'bytes' }
  const failed = [response('PutObject', 412), changed]
  const accepted = [response('PutObject', 200), changed]

  expect(groups(differs('PutObject', {}, failure('If-Match'), failed))).toEqual([
    `1 PutObject, If-Match: ${sentenceOf(failed, { operations: false })}, not 412`,
  ])
  expect(groups(differs('PutObject', {}, failure('If-Match'), accepted))).toEqual([
    '1 PutObject, If-Match: 200, not 412',
  ])
})

test('errors that lack the same element form one group, whatever the operation and condition', () => {
  const without = (operation: string, condition: string) => {
    const observed: Observation[] = [
      { kind: 'element', operation, name: 'Condition', is: 'missing' },
      response(operation, 412),
    ]
    return differs(operation, { [condition.toLowerCase()]: 'x' }, failure(condition), observed, 'detail')
  }

  expect(groups(without('PutObject', 'If-Match'), without('CopyObject', 'If-None-Match'))).toEqual([
    '2 412 response: Condition is missing',
  ])
})

test('races between the same requests form one group', () => {
  const several: Observation = { kind: 'race', winners: 'several' }
  const race = (requests: number, ...more: Observation[]) =>
    differs('PutObject', { 'if-match': '"e"' }, { kind: 'one winner', requests }, [several, ...more], 'data')

  expect(groups(race(2), race(20, { kind: 'versions', gained: 'several' }))).toEqual([
    '2 PutObject, If-Match: several requests succeed',
  ])
})

test('a wrong entry of DeleteObjects is shown instead of the status', () => {
  const observed: Observation[] = [response('DeleteObjects', 200), { kind: 'entry', is: 'deleted' }]
  const deletes = (errors: Record<string, string>) =>
    differs('DeleteObjects', {}, { kind: 'deleted', keys: [], errors }, observed, 'data')

  expect(groups(deletes({}), deletes({ k: 'PreconditionFailed' }))).toEqual([
    '2 DeleteObjects: the response reports a key as deleted',
  ])
})

test('recipes with a wrong outcome form one group', () => {
  const outcome: Observation = { kind: 'outcome', is: 'other' }
  const recipe = (operation: string, text: string) =>
    differs(operation, {}, { kind: 'outcome', outcome: text }, [outcome, response(operation, 200)], 'data')

  expect(groups(recipe('GetObject', '1'), recipe('PutObject', '["a"]'))).toEqual([
    `2 recipes: ${sentenceOf([outcome])}`,
  ])
})
