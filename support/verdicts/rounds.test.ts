import { describe, expect, test } from 'vitest'
import type { Observation } from '../observation'
import { isAlwaysSeen, isSurelySeen, pinOfRaces, type Round, RoundsSoFar, roundsOfBaseline } from './rounds'
import type { Pin } from './verdict'

const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }
const pin: Pin = { verdict: 'unstable', observed: [several], rounds: 30, violated: 3, why: '' }

const held: Round = { outcome: { kind: 'held' }, errors: [], exchanges: [] }
const violated = (...observed: Observation[]): Round => ({
  outcome: { kind: 'differed', observed, severity: 'data', expected: { kind: 'one winner', requests: 2 } },
  errors: ['first'],
  exchanges: [],
})

function roundsSo(planned: number, ...ended: Round[]): RoundsSoFar {
  const rounds = new RoundsSoFar(planned)
  for (const round of ended) rounds.add(round)
  return rounds
}
const times = (count: number, round: Round) => Array.from({ length: count }, () => round)

describe('a run', () => {
  test('sends all rounds while they hold', () => {
    expect(roundsSo(10, ...times(9, held)).isOver(undefined, false)).toBe(false)
    expect(roundsSo(10, ...times(10, held)).isOver(undefined, false)).toBe(true)
    expect(roundsSo(10, ...times(9, held)).isOver(pin, false)).toBe(false)
  })

  test('ends with the first violation if the baseline has the check, and counts on if it does not', () => {
    expect(roundsSo(10, held, violated(several)).isOver(pin, false)).toBe(true)
    expect(roundsSo(10, held, violated(several)).isOver(undefined, false)).toBe(false)
  })
})

describe('a new baseline', () => {
  test('needs more rounds of a race that was violated, or that the last baseline has', () => {
    const quiet = roundsSo(10, ...times(10, held))

    expect(quiet.isOver(undefined, true)).toBe(true)
    expect(quiet.isOver(pin, true)).toBe(false)
    expect(roundsSo(10, violated(several), ...times(9, held)).isOver(undefined, true)).toBe(false)
    expect(roundsSo(10, violated(several), ...times(29, held)).isOver(undefined, true)).toBe(true)
    expect([10, 3, 1].map(roundsOfBaseline)).toEqual([30, 30, 10])
  })
})

test('all rounds together have what each has shown, and the first violation is shown', () => {
  const rounds = roundsSo(10, held, violated(several), violated(added), held)

  expect(rounds.outcome).toMatchObject({ kind: 'differed', observed: [several, added], severity: 'data' })
  expect(rounds.count).toEqual({ rounds: 4, violated: 2 })
  expect(rounds.shown).toMatchObject({ errors: ['first'], outcome: { observed: [several] } })
  expect(roundsSo(10, held).outcome).toEqual({ kind: 'held' })
})

test('a violation is surely seen if a run would miss it less than once in 10,000 times', () => {
  // 0.6 ** 10 is 0.006, and 0.37 ** 10 is 0.00005.
  expect(isSurelySeen({ rounds: 100, violated: 40 }, 10)).toBe(false)
  expect(isSurelySeen({ rounds: 100, violated: 63 }, 10)).toBe(true)
  expect(isSurelySeen({ rounds: 10, violated: 9 }, 1)).toBe(false)
  expect(isSurelySeen({ rounds: 10, violated: 10 }, 1)).toBe(true)
})

test('a race is violated in every run if it was in all rounds', () => {
  expect(isAlwaysSeen({ rounds: 30, violated: 30 })).toBe(true)
  expect(isAlwaysSeen({ rounds: 30, violated: 29 })).toBe(false)
})

test('a race can do what all races of its behaviour do', () => {
  const known: Pin = {
    verdict: 'known deviation',
    observed: [added],
    rounds: 30,
    violated: 30,
    why: 'It locks nothing',
  }
  const pins = {
    'race/a/one': pin,
    'race/a/two': known,
    'race/b/one': pin,
    'race/a/plain': { ...pin, rounds: undefined },
  }
  const of = (behaviour: string) => pinOfRaces(pins, (id) => id.startsWith(`${behaviour}/`))

  expect(of('race/a')).toMatchObject({ verdict: 'unstable', observed: [several, added] })
  expect(of('race/b')).toMatchObject({ verdict: 'unstable', observed: [several] })
  expect(of('race/c')).toBeUndefined()
})
