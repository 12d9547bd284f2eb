import { S3ServiceException } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { SetupFailure } from '../fixtures/set-up'
import { judge, outcomeOf, type Verdict } from './verdict'

const why = 'because'
const differed = { kind: 'differed', observed: 'PutObject answered 200' } as const
const held = { kind: 'held' } as const

test.for<[string, Verdict, Parameters<typeof judge>]>([
  ['what holds', 'holds', [held]],
  ['what differs as written down', 'known deviation', [differed, { observed: differed.observed, why }]],
  ['what differs in another way', 'changed deviation', [differed, { observed: 'PutObject answered 500', why }]],
  ['what is written down and holds', 'no longer deviates', [held, { observed: differed.observed, why }]],
  ['what differs and is not written down', 'deviation', [differed]],
  ['a fixture that failed, deviation or not', 'setup failure', [{ kind: 'set-up failed' }, { observed: 'x', why }]],
  ['no answer, deviation or not', 'unreachable', [{ kind: 'no answer' }, { observed: 'x', why }]],
  [
    'one of the answers of an unstable store',
    'known deviation',
    [differed, { observed: ['holds', differed.observed], why }],
  ],
  [
    'an unstable store that holds this time',
    'known deviation',
    [held, { observed: ['holds', differed.observed], why }],
  ],
])('judges %s: %s', ([, verdict, known]) => {
  expect(judge(...known)).toBe(verdict)
})

const failed = (message: string) => Object.assign(new Error(message), { name: 'AssertionError' })
const refusal = new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: { httpStatusCode: 503 } })
const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' })

test.for<[string, unknown, ReturnType<typeof outcomeOf>['kind']]>([
  ['a passing test', undefined, 'held'],
  ['a failed assertion', failed('expected 200 to be 304'), 'differed'],
  ['a mistake in a spec', new TypeError('x is not a function'), 'set-up failed'],
  ['a refused request of a fixture', new SetupFailure('creating a bucket', refusal), 'set-up failed'],
  ['a refusal that the spec did not send', refusal, 'set-up failed'],
  ['a connection that broke', reset, 'no answer'],
  ['a connection that broke in a fixture', new SetupFailure('creating a bucket', reset), 'no answer'],
  ['a request that timed out', Object.assign(new Error('timeout'), { name: 'TimeoutError' }), 'no answer'],
  ['several refused connections', new AggregateError([reset]), 'no answer'],
])('takes %s for: %s', ([, error, kind]) => {
  expect(outcomeOf(error, []).kind).toBe(kind)
})

test('words an observation without what differs from run to run', () => {
  const message = 'expected \'"9dd4e461268c8034f5c8564e155c67a6"\' to be undefined // 2026-11-24T10:00:00.000Z'

  expect(outcomeOf(failed(message), [])).toEqual({
    kind: 'differed',
    observed: "nothing was sent; expected '<entity tag>' to be undefined // <date>",
  })
})
