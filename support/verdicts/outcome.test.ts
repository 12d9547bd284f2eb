import { S3ServiceException } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { Unsupported } from '../errors'
import { SetupFailure } from '../fixtures/set-up'
import { Mismatch } from '../matchers/result'
import type { Failure } from '../matchers/running'
import type { Finding, Observation, Severity } from '../observation'
import { type Exchange, link } from '../wire/record'
import { type Ended, type Outcome, outcomeOf } from './outcome'

const expected = { kind: 'success' } as const
const response = (status: number): Observation => ({ kind: 'response', operation: 'PutObject', status })
const found = (observed: Observation, severity: Severity, more: Partial<Finding> = {}): Failure => {
  const finding = { expected, observed: [observed], severity, ...more }
  return { error: new Mismatch(finding), finding }
}
const assertion = (message = 'expected 200 to be 304') =>
  found({ kind: 'assertion', matcher: 'toBe', nth: 1 }, 'detail', { expected: { kind: 'assertion', message } })
const slowDown = new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: { httpStatusCode: 503 } })
const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' })

const sent = (operation: string, status?: number, more: object = {}, by: Exchange['by'] = 'spec'): Exchange => ({
  by,
  operation,
  request: { method: operation.startsWith('Get') ? 'GET' : 'PUT', path: '/b/k', headers: {} },
  ...(status && { response: { status, headers: {}, ...more } }),
})
const ended = (end: Partial<Ended>): Ended => ({ failures: [], exchanges: [], ...end })

test.for<[string, Partial<Ended>, Outcome['kind']]>([
  ['a passing test', {}, 'held'],
  ['a failed assertion', { failures: [assertion()] }, 'differed'],
  ['a mistake in a spec', { thrown: new TypeError('x is not a function') }, 'setup failed'],
  ['a matcher with an invalid argument', { failures: [{ error: new TypeError('no key') }] }, 'setup failed'],
  [
    'a mistake that follows a failed assertion',
    { failures: [assertion()], thrown: new TypeError('x is undefined') },
    'differed',
  ],
  [
    'a failed request from a fixture',
    { thrown: new SetupFailure('creating a bucket', new Error('403')) },
    'setup failed',
  ],
  ['an error that no request of the spec caused', { thrown: slowDown }, 'setup failed'],
  ['a connection that broke', { thrown: reset }, 'no response'],
  ['a connection that broke in a fixture', { thrown: new SetupFailure('creating a bucket', reset) }, 'no response'],
  ['a request that timed out', { thrown: Object.assign(new Error('late'), { name: 'TimeoutError' }) }, 'no response'],
  ['several connections that failed', { thrown: new AggregateError([reset]) }, 'no response'],
  ['a 503 response to the spec', { failures: [assertion()], exchanges: [sent('PutObject', 503)] }, 'no response'],
  ['a 503 response that the spec asserts', { exchanges: [sent('PutObject', 503)] }, 'held'],
  ['a 501 response to the spec', { failures: [assertion()], exchanges: [sent('PutObject', 501)] }, 'differed'],
  [
    'a 503 response to a matcher whose next attempt succeeded',
    {
      failures: [assertion()],
      exchanges: [sent('GetObject', 503, {}, 'matcher'), sent('GetObject', 200, {}, 'matcher')],
    },
    'differed',
  ],
  [
    'a 503 response to a matcher that gave up',
    { failures: [assertion()], exchanges: [sent('GetObject', 503, {}, 'matcher')] },
    'no response',
  ],
  [
    'a matcher that needs an unsupported capability',
    { failures: [{ error: new Unsupported('md5', 'KMS') }] },
    'unsupported',
  ],
  [
    'a matcher that needs an unsupported capability, and a failed assertion',
    { failures: [{ error: new Unsupported('md5', 'KMS') }, assertion()] },
    'differed',
  ],
])('the outcome of %s is: %s', ([, end, kind]) => {
  expect(outcomeOf(ended(end)).kind).toBe(kind)
})

test('a failed assertion that was not awaited counts once', () => {
  const failure = found({ kind: 'object', changed: 'bytes' }, 'data')
  const outcome = outcomeOf(ended({ failures: [failure], thrown: [failure.error] }))

  expect(outcome).toMatchObject({ kind: 'differed', observed: [{ kind: 'object', changed: 'bytes' }] })
})

const accepted: Observation = { kind: 'response', operation: 'PutObject', status: 200 }
const failed: Observation = { kind: 'response', operation: 'PutObject', status: 412 }
const noCondition: Observation = { kind: 'element', operation: 'PutObject', name: 'Condition', is: 'missing' }
const changed: Observation = { kind: 'object', changed: 'bytes' }
const nothing: Observation = { kind: 'object', holds: 'nothing' }

describe('the observations of a test', () => {
  test.for<[string, Observation[], Severity, Partial<Ended>]>([
    [
      'a response and its changes',
      [changed, accepted],
      'data',
      { failures: [found(accepted, 'data'), found(changed, 'data')], exchanges: [sent('PutObject', 200)] },
    ],
    [
      'all findings of a matcher',
      [noCondition, failed],
      'detail',
      {
        failures: [found(failed, 'detail', { observed: [failed, noCondition] })],
        exchanges: [sent('PutObject', 412)],
      },
    ],
    [
      'a silent change',
      [noCondition, changed, failed],
      'data',
      {
        failures: [found(failed, 'detail', { observed: [failed, noCondition] })],
        exchanges: [sent('PutObject', 412)],
        silentChanges: [changed],
      },
    ],
    [
      'a failed write and the absence of an object, with severity status',
      [nothing, failed],
      'status',
      {
        failures: [found(failed, 'status'), found(nothing, 'data', { unchanged: true })],
        exchanges: [sent('PutObject', 412)],
      },
    ],
    [
      'the state of a key, with the last response',
      [nothing, accepted],
      'data',
      { failures: [found(nothing, 'data')], exchanges: [sent('GetObject', 200), sent('PutObject', 200)] },
    ],
    [
      'a combined outcome, without the last response',
      [{ kind: 'outcome', is: 'other' }],
      'data',
      { failures: [found({ kind: 'outcome', is: 'other' }, 'data')], exchanges: [sent('PutObject', 412)] },
    ],
    [
      'a failed plain Vitest assertion, with the last response',
      [{ kind: 'assertion', matcher: 'toBe', nth: 1 }, accepted],
      'detail',
      { failures: [assertion()], exchanges: [sent('PutObject', 200)] },
    ],
  ])('are %s', ([, observed, severity, end]) => {
    expect(outcomeOf(ended(end))).toMatchObject({ kind: 'differed', observed, severity })
  })

  test('include the failure of a request without a matcher, and a response that the SDK cannot read', () => {
    const thrown = (exchange: Exchange) => {
      const error = link(new Error('thrown'), exchange)
      return outcomeOf(ended({ thrown: error, exchanges: [exchange] }))
    }

    expect(thrown(sent('PutObject', 412))).toMatchObject({ observed: [failed], severity: 'status', expected })
    expect(thrown(sent('PutObject', 200))).toMatchObject({
      observed: [{ ...accepted, body: 'unreadable by the SDK' }],
    })
  })

  test('include a checksum that does not match', () => {
    const thrown = new Error('Checksum mismatch: expected "a" but received "b" in response header "x".')

    expect(outcomeOf(ended({ thrown }))).toMatchObject({
      observed: [{ kind: 'checksum', is: 'other' }],
      severity: 'detail',
    })
  })

  test('include several winners, even if another request got no response', () => {
    const several = found({ kind: 'race', winners: 'several' }, 'data', { certain: true })
    const exchanges = [sent('PutObject', 200), sent('PutObject', 500)]

    expect(outcomeOf(ended({ failures: [found({ kind: 'race', winners: 'none' }, 'status')], exchanges })).kind).toBe(
      'no response',
    )
    expect(outcomeOf(ended({ failures: [several], exchanges }))).toMatchObject({ kind: 'differed', severity: 'data' })
  })
})

test('a missing response is observed as the response to its request or as a connection error', () => {
  const exchanges = [sent('PutObject', 503, { error: { Code: 'SlowDown' } })]

  expect(outcomeOf(ended({ failures: [assertion()], exchanges }))).toEqual({
    kind: 'no response',
    observed: [{ kind: 'response', operation: 'PutObject', status: 503, code: 'SlowDown' }],
    by: 'spec',
    isCrash: false,
    throttledForMs: 1_000,
  })
  expect(outcomeOf(ended({ thrown: reset }))).toEqual({
    kind: 'no response',
    observed: [{ kind: 'connection', error: 'ECONNRESET' }],
    isCrash: false,
  })
})

test('a missing response is a crash if the store returned 500 to the spec or closed its connection', () => {
  const failed = (...exchanges: Exchange[]) => outcomeOf(ended({ failures: [assertion()], exchanges }))

  expect(failed(sent('PutObject', 500))).toMatchObject({ isCrash: true })
  expect(failed({ ...sent('PutObject'), closed: true })).toMatchObject({ isCrash: true })
  // This request timed out: it got no response, and the connection was not closed.
  expect(failed(sent('PutObject'))).toMatchObject({ isCrash: false })
  expect(failed(sent('PutObject', 500, {}, 'matcher'))).toMatchObject({ isCrash: false })
})

test('the missing response belongs to the request that ended the test', () => {
  const last = sent('GetObject', 500)
  const thrown = link(new Error('UnknownError'), last)

  expect(outcomeOf(ended({ thrown, exchanges: [sent('PutObject'), last] }))).toMatchObject({
    observed: [{ kind: 'response', operation: 'GetObject', status: 500 }],
  })
})

test('a missing response to a matcher is observed as a “look”', () => {
  const exchanges = [sent('PutObject', 200), sent('GetObject', undefined, {}, 'matcher')]

  expect(outcomeOf(ended({ thrown: reset, exchanges }))).toMatchObject({
    observed: [{ kind: 'look', operation: 'GetObject' }],
    by: 'matcher',
  })
})

test.for<[Partial<Ended>, Observation, Severity]>([
  // The SDK throws this error when a matcher reads an object whose bytes do not match the checksum.
  [{ failures: [{ error: new Error('Checksum mismatch: no') }] }, { kind: 'checksum', is: 'other' }, 'detail'],
  // A recipe throws this error when it reads an object whose bytes are not valid JSON.
  [{ thrown: new SyntaxError('not JSON') }, { kind: 'object', holds: 'bytes that no writer sent' }, 'data'],
])('wrong bytes are a deviation: %o', ([end, observed, severity]) => {
  expect(outcomeOf(ended(end))).toMatchObject({ kind: 'differed', observed: [observed], severity })
})

test('a change that a harmless write made is not a data loss', () => {
  const harmless = found(response(200), 'status', { harmless: true })
  const look = found({ kind: 'object', changed: 'bytes' }, 'data', { unchanged: false })
  const loss = found(response(200), 'data')
  const severityOf = (...failures: Failure[]) =>
    outcomeOf(ended({ failures, exchanges: [sent('PutObject', 200)] })) as { severity?: Severity }

  expect(severityOf(harmless, look).severity).toBe('status')
  expect(severityOf(harmless, look, loss).severity).toBe('data')
  expect(severityOf(look).severity).toBe('data')
})
