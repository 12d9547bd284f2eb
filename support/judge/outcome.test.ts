import { S3ServiceException } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { Exchange } from '../exchange/record'
import { SetupFailure } from '../fixtures/set-up'
import type { Level } from '../matchers/seen'
import { type Ended, outcomeOf } from './outcome'

const assertion = (message: string) => Object.assign(new Error(message), { name: 'AssertionError' })
const seen = (observed: string, level: Level, unchanged = false) => ({
  message: observed,
  __vitest_error_context__: { meta: { observed, level, unchanged } },
})
const refusal = new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: { httpStatusCode: 503 } })
const reset = Object.assign(new Error('read'), { code: 'ECONNRESET' })

const sent = (operation: string, status?: number, body?: string, by: Exchange['by'] = 'spec'): Exchange => ({
  by,
  operation,
  request: { method: operation.startsWith('Get') ? 'GET' : 'PUT', path: '/b/k', headers: {} },
  ...(status && { response: { status, headers: {}, ...(body !== undefined && { body }) } }),
})
const refusedCopy = '<Error><Code>PreconditionFailed</Code></Error>'
const ended = (end: Partial<Ended>): Ended => ({ failed: [], exchanges: [], ...end })

test.for<[string, Partial<Ended>, ReturnType<typeof outcomeOf>['kind']]>([
  ['a passing test', {}, 'held'],
  ['a failed assertion', { failed: [assertion('expected 200 to be 304')] }, 'differed'],
  ['a mistake in a spec', { thrown: new TypeError('x is not a function') }, 'set-up failed'],
  [
    'a mistake that follows a failed assertion',
    { failed: [assertion('expected undefined to be 1')], thrown: new TypeError('x is undefined') },
    'differed',
  ],
  [
    'a refused request of a fixture',
    { thrown: new SetupFailure('creating a bucket', new Error('403')) },
    'set-up failed',
  ],
  ['a refusal that the spec did not send', { thrown: refusal }, 'set-up failed'],
  ['errors that Vitest throws as a list', { thrown: [assertion('one'), assertion('two')] }, 'differed'],
  ['a connection that broke', { thrown: reset }, 'no answer'],
  ['a connection that broke in a fixture', { thrown: new SetupFailure('creating a bucket', reset) }, 'no answer'],
  ['a request that timed out', { thrown: Object.assign(new Error('timeout'), { name: 'TimeoutError' }) }, 'no answer'],
  ['several refused connections', { thrown: new AggregateError([reset]) }, 'no answer'],
  ['a 503 to the spec', { failed: [assertion('x')], exchanges: [sent('PutObject', 503, '')] }, 'no answer'],
  ['a 503 to the spec that it asserts', { exchanges: [sent('PutObject', 503, '')] }, 'held'],
  ['a 501 to the spec', { failed: [assertion('x')], exchanges: [sent('PutObject', 501, '')] }, 'differed'],
  [
    'a 503 to a matcher, which then got an answer',
    {
      failed: [assertion('x')],
      exchanges: [sent('GetObject', 503, '', 'matcher'), sent('GetObject', 200, undefined, 'matcher')],
    },
    'differed',
  ],
  [
    'a 503 to a matcher, which gave up',
    { failed: [assertion('x')], exchanges: [sent('GetObject', 503, '', 'matcher')] },
    'no answer',
  ],
])('takes %s for: %s', ([, end, kind]) => {
  expect(outcomeOf(ended(end)).kind).toBe(kind)
})

test.for<[string, Level, Partial<Ended>]>([
  [
    'PutObject accepted with 200; its bytes changed',
    'data',
    {
      failed: [seen('PutObject accepted with 200', 'data'), seen('its bytes changed', 'data')],
      exchanges: [sent('PutObject', 200)],
    },
  ],
  [
    'PutObject answered 412, no Condition; its bytes changed',
    'data',
    {
      failed: [seen('PutObject answered 412, no Condition', 'detail'), seen('its bytes changed', 'data')],
      exchanges: [sent('PutObject', 412, '')],
    },
  ],
  [
    'PutObject answered 412, no Condition; it held nothing and holds an object',
    'data',
    {
      failed: [seen('PutObject answered 412, no Condition', 'detail')],
      exchanges: [sent('PutObject', 412, '')],
      behind: ['it held nothing and holds an object'],
    },
  ],
  [
    'PutObject answered 412, no Condition',
    'detail',
    { failed: [seen('PutObject answered 412, no Condition', 'detail')], exchanges: [sent('PutObject', 412, '')] },
  ],
  [
    'CopyObject answered 412; it holds nothing',
    'answer',
    {
      failed: [seen('CopyObject answered 412', 'answer'), seen('it holds nothing', 'data', true)],
      exchanges: [sent('CopyObject', 412, '')],
    },
  ],
  [
    'CopyObject accepted with 200; it holds other bytes',
    'data',
    { failed: [seen('it holds other bytes', 'data')], exchanges: [sent('CopyObject', 200)] },
  ],
])('words %s as %s', ([observed, level, end]) => {
  expect(outcomeOf(ended(end))).toMatchObject({ kind: 'differed', observed, level })
})

test('says what several callers came to although there was no answer to one of them', () => {
  const several = {
    message: 'several callers won',
    __vitest_error_context__: { meta: { observed: 'several callers won', level: 'data', certain: true } },
  }
  const exchanges = [sent('PutObject', 200), sent('PutObject', 500, '')]

  expect(outcomeOf(ended({ failed: [seen('nobody won', 'answer')], exchanges })).kind).toBe('no answer')
  expect(outcomeOf(ended({ failed: [several], exchanges }))).toMatchObject({ kind: 'differed', level: 'data' })
})

test('words a refusal inside a 200 and an ignored condition differently', () => {
  const words = (exchange: Exchange) => outcomeOf(ended({ failed: [assertion('x')], exchanges: [exchange] }))

  expect(words(sent('CopyObject', 200, refusedCopy))).toMatchObject({
    observed: 'CopyObject refused inside a 200 PreconditionFailed; x',
  })
  expect(words(sent('CopyObject', 200))).toMatchObject({ observed: 'CopyObject accepted with 200; x' })
})

test('words what many requests come to together without the one that was answered last', () => {
  const failed = { message: 'no', __vitest_error_context__: { meta: { observed: 'x', level: 'data', together: true } } }

  expect(outcomeOf(ended({ failed: [failed], exchanges: [sent('PutObject', 412, '')] }))).toEqual({
    kind: 'differed',
    observed: 'x',
    level: 'data',
  })
})

test('words a plain assertion without what differs from run to run, and says that the words are not its own', () => {
  const message = 'expected \'"9dd4e461268c8034f5c8564e155c67a6"\' to be undefined // 2026-11-24T10:00:00.000Z'

  expect(outcomeOf(ended({ failed: [assertion(message)] }))).toEqual({
    kind: 'differed',
    observed: "expected '<entity tag>' to be undefined // <date>",
    level: 'detail',
    bare: true,
  })
})
