import { expect, test } from 'vitest'
import type { Observation, Severity } from '../observation'
import { type Exchange, link } from '../wire/record'
import { toHaveLosersOf412Or409, toHaveOneWinner } from './race'

/** What several callers were answered: a status with a code, or no answer. */
const answered = (...answers: readonly [status?: number, code?: string][]) =>
  answers.map(([status, code]) => {
    const exchange: Exchange = {
      by: 'spec',
      operation: 'PutObject',
      request: { method: 'PUT', path: '/b/k', headers: {} },
      ...(status && { response: { status, headers: {}, ...(code && { error: { Code: code } }) } }),
    }
    return status && !code ? Promise.resolve(link({}, exchange)) : Promise.reject(link(new Error(code), exchange))
  })

const won = [200] as const
const lost = [412, 'PreconditionFailed'] as const
const conflict = [409, 'ConditionalRequestConflict'] as const
type Answers = [status?: number, code?: string][]

test.for<[string, Answers]>([
  ['one wins', [[...lost], [...won], [...conflict]]],
  ['a loser is refused in any way', [[...won], [403, 'AccessDenied']]],
])('toHaveOneWinner passes where %s', async ([, answers]) => {
  expect(await toHaveOneWinner(answered(...answers))).toMatchObject({ pass: true })
})

const winners = (winners: 'none' | 'several'): Observation => ({ kind: 'race', winners })
const put = (kind: 'response' | 'loser', status?: number, code?: string): Observation => {
  return { kind, operation: 'PutObject', ...(status && { status, code }) }
}

test.for<[string, Observation, Severity, Answers]>([
  ['several', winners('several'), 'data', [[...won], [...won], [...lost]]],
  [
    'several, whatever became of the others',
    winners('several'),
    'data',
    [[...won], [...won], [500, 'InternalError'], []],
  ],
  ['none', winners('none'), 'status', [[...lost], [...lost]]],
  ['none, if an error comes inside a 200', winners('none'), 'status', [[...lost], [200, 'InternalError']]],
  ['an error of the server', put('response', 500, 'InternalError'), 'status', [[...won], [500, 'InternalError']]],
  ['no response', put('response'), 'status', [[...lost], []]],
])('toHaveOneWinner observes %s', async ([, observed, severity, answers]) => {
  expect(await toHaveOneWinner(answered(...answers))).toMatchObject({ pass: false, observed: [observed], severity })
})

/** DeleteObjects, whose one entry is deleted or fails. */
const removed = (entry: 'Deleted' | 'Errors') => {
  const request = { method: 'POST', path: '/b?delete', headers: {} }
  const exchange: Exchange = { by: 'spec', operation: 'DeleteObjects', request, response: { status: 200, headers: {} } }
  return Promise.resolve(link({ [entry]: [{ Key: 'k' }] }, exchange))
}

test('DeleteObjects wins if its entry is deleted, and loses with the same status if its entry fails', async () => {
  const pass = { pass: true }
  const several = { pass: false, observed: [winners('several')], severity: 'data' }

  expect(await toHaveOneWinner([removed('Deleted'), ...answered([...lost])])).toMatchObject(pass)
  expect(await toHaveOneWinner([removed('Errors'), ...answered([...won])])).toMatchObject(pass)
  expect(await toHaveOneWinner([removed('Deleted'), ...answered([...won])])).toMatchObject(several)
  expect(await toHaveOneWinner([removed('Deleted'), removed('Deleted')])).toMatchObject(several)
  expect(await toHaveOneWinner([removed('Errors'), ...answered([...lost])])).toMatchObject({
    observed: [winners('none')],
    severity: 'status',
  })
})

test('several winners are certain whatever became of the others, and their number is for people only', async () => {
  expect(await toHaveOneWinner(answered([...won], [...won]))).toMatchObject({ certain: true, note: '2 of 2' })
  expect((await toHaveOneWinner(answered([...lost], [...lost]))).certain).toBeUndefined()
})

test('toHaveLosersOf412Or409 passes for both, and leaves a store that does not answer to toHaveOneWinner', async () => {
  const writes = answered([...won], [...lost], [...conflict], [503, 'SlowDown'], [])

  expect(await toHaveLosersOf412Or409(writes)).toMatchObject({ pass: true })
})

test.for<[string, Observation, Severity, Answers]>([
  ['another status', put('loser', 404, 'NoSuchKey'), 'status', [[...won], [409, 'Conflict'], [404, 'NoSuchKey']]],
  ['another code', put('loser', 409, 'OperationAborted'), 'detail', [[...lost], [409, 'OperationAborted']]],
  [
    'one of several, the same one in any order',
    put('loser', 403, 'AccessDenied'),
    'status',
    [
      [404, 'NoSuchKey'],
      [403, 'AccessDenied'],
    ],
  ],
])('toHaveLosersOf412Or409 observes %s', async ([, observed, severity, answers]) => {
  expect(await toHaveLosersOf412Or409(answered(...answers))).toMatchObject({
    pass: false,
    observed: [observed],
    severity,
  })
})
