import { expect, test } from 'vitest'
import { type Exchange, link } from '../exchange/record'
import { toHaveLosersOf412Or409, toHaveOneWinner } from './race'

const error = (code: string) => `<Error><Code>${code}</Code></Error>`
/** What several callers were answered: a status with a code, or no answer. */
const answered = (...answers: readonly [status?: number, code?: string][]) =>
  answers.map(([status, code]) => {
    const exchange: Exchange = {
      by: 'spec',
      operation: 'PutObject',
      request: { method: 'PUT', path: '/b/k', headers: {} },
      ...(status && { response: { status, headers: {}, ...(code && { body: error(code) }) } }),
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

test.for<[string, string, Answers]>([
  ['several callers won', 'data', [[...won], [...won], [...lost]]],
  ['several callers won', 'data', [[...won], [...won], [500, 'InternalError'], []]],
  ['nobody won', 'answer', [[...lost], [...lost]]],
  ['nobody won', 'answer', [[...lost], [200, 'InternalError']]],
  ['to one of the callers PutObject answered 500 InternalError', 'answer', [[...won], [500, 'InternalError']]],
  ['to one of the callers PutObject got no answer', 'answer', [[...lost], []]],
])('toHaveOneWinner observes that %s', async ([observed, level, answers]) => {
  const { pass, meta } = await toHaveOneWinner(answered(...answers))

  expect({ pass, observed: meta.observed, level: meta.level }).toEqual({ pass: false, observed, level })
})

test('several winners are certain whatever became of the others', async () => {
  expect((await toHaveOneWinner(answered([...won], [...won]))).meta.certain).toBe(true)
  expect((await toHaveOneWinner(answered([...lost], [...lost]))).meta.certain).toBeUndefined()
})

test('toHaveLosersOf412Or409 passes for both, and leaves a store that does not answer to toHaveOneWinner', async () => {
  const writes = answered([...won], [...lost], [...conflict], [503, 'SlowDown'], [])

  expect(await toHaveLosersOf412Or409(writes)).toMatchObject({ pass: true })
})

test.for<[string, string, Answers]>([
  ['a loser: PutObject answered 404 NoSuchKey', 'answer', [[...won], [409, 'Conflict'], [404, 'NoSuchKey']]],
  ['a loser: PutObject answered 409 OperationAborted', 'detail', [[...lost], [409, 'OperationAborted']]],
  [
    'a loser: PutObject answered 403 AccessDenied',
    'answer',
    [
      [404, 'NoSuchKey'],
      [403, 'AccessDenied'],
    ],
  ],
])('toHaveLosersOf412Or409 observes of %s', async ([observed, level, answers]) => {
  const { pass, meta } = await toHaveLosersOf412Or409(answered(...answers))

  expect({ pass, observed: meta.observed, level: meta.level }).toEqual({ pass: false, observed, level })
})
