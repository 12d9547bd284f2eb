import { expect, test } from 'vitest'
import type { Observation, Severity } from '../observation'
import { type Exchange, link } from '../wire/record'
import { toHaveLosersOf412Or409, toHaveOneWinner } from './race'

/** The status of a response and, for an error, its code. An empty array stands for a request without a response. */
type Response = [status?: number, code?: string]

/** Returns promises like those that the SDK returns for PutObject requests that receive these responses. */
const requests = (...responses: readonly Response[]) =>
  responses.map(([status, code]) => {
    const exchange: Exchange = {
      by: 'spec',
      operation: 'PutObject',
      request: { method: 'PUT', path: '/b/k', headers: {} },
      ...(status && { response: { status, headers: {}, ...(code && { error: { Code: code } }) } }),
    }
    return status && !code ? Promise.resolve(link({}, exchange)) : Promise.reject(link(new Error(code), exchange))
  })

const won: Response = [200]
const lost: Response = [412, 'PreconditionFailed']
const conflict: Response = [409, 'ConditionalRequestConflict']

test.for<[string, Response[]]>([
  ['one request wins', [lost, won, conflict]],
  ['the others fail with a different error', [won, [403, 'AccessDenied']]],
])('toHaveOneWinner passes if %s', async ([, responses]) => {
  expect(await toHaveOneWinner(requests(...responses))).toMatchObject({ pass: true })
})

const winners = (winners: 'none' | 'several'): Observation => ({ kind: 'race', winners })
const put = (kind: 'response' | 'loser', status?: number, code?: string): Observation => {
  return { kind, operation: 'PutObject', ...(status && { status, code }) }
}

test.for<[string, Observation, Severity, Response[]]>([
  ['several winners', winners('several'), 'data', [won, won, lost]],
  [
    'several winners even if other requests got no response',
    winners('several'),
    'data',
    [won, won, [500, 'InternalError'], []],
  ],
  ['no winner', winners('none'), 'status', [lost, lost]],
  ['no winner if a response is an error with status 200', winners('none'), 'status', [lost, [200, 'InternalError']]],
  ['a transient error', put('response', 500, 'InternalError'), 'status', [won, [500, 'InternalError']]],
  ['no response', put('response'), 'status', [lost, []]],
])('toHaveOneWinner observes %s', async ([, observed, severity, responses]) => {
  expect(await toHaveOneWinner(requests(...responses))).toMatchObject({ pass: false, observed: [observed], severity })
})

/** Returns a completed DeleteObjects request whose response contains one entry, either in Deleted or in Errors. */
const removed = (entry: 'Deleted' | 'Errors') => {
  const request = { method: 'POST', path: '/b?delete', headers: {} }
  const exchange: Exchange = { by: 'spec', operation: 'DeleteObjects', request, response: { status: 200, headers: {} } }
  return Promise.resolve(link({ [entry]: [{ Key: 'k' }] }, exchange))
}

test('DeleteObjects wins if its entry is deleted and loses if its entry fails, both with status 200', async () => {
  const pass = { pass: true }
  const several = { pass: false, observed: [winners('several')], severity: 'data' }

  expect(await toHaveOneWinner([removed('Deleted'), ...requests(lost)])).toMatchObject(pass)
  expect(await toHaveOneWinner([removed('Errors'), ...requests(won)])).toMatchObject(pass)
  expect(await toHaveOneWinner([removed('Deleted'), ...requests(won)])).toMatchObject(several)
  expect(await toHaveOneWinner([removed('Deleted'), removed('Deleted')])).toMatchObject(several)
  expect(await toHaveOneWinner([removed('Errors'), ...requests(lost)])).toMatchObject({
    observed: [winners('none')],
    severity: 'status',
  })
})

test('several winners are a certain finding, and their number is only displayed', async () => {
  expect(await toHaveOneWinner(requests(won, won))).toMatchObject({ certain: true, note: '2 of 2' })
  expect((await toHaveOneWinner(requests(lost, lost))).certain).toBeUndefined()
})

test('toHaveLosersOf412Or409 passes for both statuses and ignores requests without a response', async () => {
  const writes = requests(won, lost, conflict, [503, 'SlowDown'], [])

  expect(await toHaveLosersOf412Or409(writes)).toMatchObject({ pass: true })
})

test.for<[string, Observation, Severity, Response[]]>([
  ['a different status', put('loser', 404, 'NoSuchKey'), 'status', [won, [409, 'Conflict'], [404, 'NoSuchKey']]],
  ['a different code', put('loser', 409, 'OperationAborted'), 'detail', [lost, [409, 'OperationAborted']]],
  [
    'the same one of several failures, in any order',
    put('loser', 403, 'AccessDenied'),
    'status',
    [
      [404, 'NoSuchKey'],
      [403, 'AccessDenied'],
    ],
  ],
])('toHaveLosersOf412Or409 observes %s', async ([, observed, severity, responses]) => {
  expect(await toHaveLosersOf412Or409(requests(...responses))).toMatchObject({
    pass: false,
    observed: [observed],
    severity,
  })
})
