import { expect, test } from 'vitest'
import { judge, type Verdict } from './verdict'

const why = 'because'
const differed = { kind: 'differed', observed: 'PutObject answered 200', level: 'data' } as const
const silent = { kind: 'no answer', observed: 'GetObject got no answer' } as const
const held = { kind: 'held' } as const

test.for<[string, Verdict, Parameters<typeof judge>]>([
  ['what holds', 'holds', [held]],
  ['what differs as written down', 'known deviation', [differed, { observed: differed.observed, why }]],
  ['what differs in another way', 'changed deviation', [differed, { observed: 'PutObject answered 500', why }]],
  ['what is written down and holds', 'no longer deviates', [held, { observed: differed.observed, why }]],
  ['what differs and is not written down', 'deviation', [differed]],
  ['a fixture that failed, deviation or not', 'setup failure', [{ kind: 'set-up failed' }, { observed: 'x', why }]],
  ['no answer where a deviation is written down', 'no answer', [silent, { observed: 'x', why }]],
  ['no answer every time, as written down', 'known deviation', [silent, { observed: silent.observed, why }]],
  ['what differs on Amazon S3', 'contradicts the reference', [differed, undefined, true]],
  ['no answer of Amazon S3', 'no answer', [silent, { observed: silent.observed, why }, true]],
  [
    'one of the answers of an unstable store',
    'known deviation',
    [differed, { observed: ['holds', differed.observed], why }],
  ],
  [
    'another combination of what an unstable store does',
    'known deviation',
    [
      { kind: 'differed', observed: 'several won; it holds other bytes', level: 'data' },
      { observed: ['several won', 'nobody won; it holds other bytes'], why },
    ],
  ],
  [
    'what an unstable store was never seen to do',
    'changed deviation',
    [
      { kind: 'differed', observed: 'several won; its metadata changed', level: 'data' },
      { observed: ['holds', 'several won'], why },
    ],
  ],
  [
    'an unstable store that holds this time',
    'known deviation',
    [held, { observed: ['holds', differed.observed], why }],
  ],
])('judges %s: %s', ([, verdict, known]) => {
  expect(judge(...known)).toBe(verdict)
})
