import { describe, expect, test } from 'vitest'
import type { Observation } from '../observation'
import { baselineRounds, CompletedRounds, entryOfRaces, isReliablyViolated, type Round } from './rounds'
import type { BaselineEntry } from './verdict'

const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }
const entry: BaselineEntry = { verdict: 'unstable', observed: [several], rounds: 30, violated: 3, why: '' }

const held: Round = { outcome: { kind: 'held' }, errors: [], exchanges: [] }
const violated = (...observed: Observation[]): Round => ({
  outcome: { kind: 'differed', observed, severity: 'data', expected: { kind: 'one winner', requests: 2 } },
  errors: ['first'],
  exchanges: [],
})

function completed(planned: number, ...ended: Round[]): CompletedRounds {
  const rounds = new CompletedRounds(planned)
  for (const round of ended) rounds.add(round)
  return rounds
}
const times = (count: number, round: Round) => Array.from({ length: count }, () => round)

describe('a run', () => {
  test('runs all planned rounds as long as they hold', () => {
    expect(completed(10, ...times(9, held)).isOver(undefined, false)).toBe(false)
    expect(completed(10, ...times(10, held)).isOver(undefined, false)).toBe(true)
    expect(completed(10, ...times(9, held)).isOver(entry, false)).toBe(false)
  })

  test('stops at the first violation if the baseline has an entry for the race, and otherwise continues', () => {
    expect(completed(10, held, violated(several)).isOver(entry, false)).toBe(true)
    expect(completed(10, held, violated(several)).isOver(undefined, false)).toBe(false)
  })
})

describe('an update of the baseline', () => {
  test('runs more rounds of a race that has a violation now or an entry in the last baseline', () => {
    const held10 = completed(10, ...times(10, held))

    expect(held10.isOver(undefined, true)).toBe(true)
    expect(held10.isOver(entry, true)).toBe(false)
    expect(completed(10, violated(several), ...times(9, held)).isOver(undefined, true)).toBe(false)
    expect(completed(10, violated(several), ...times(29, held)).isOver(undefined, true)).toBe(true)
    expect([10, 3, 1].map(baselineRounds)).toEqual([30, 30, 10])
  })
})

test('the outcome has the observations from all rounds, and the first violation is shown', () => {
  const rounds = completed(10, held, violated(several), violated(added), held)

  expect(rounds.outcome).toMatchObject({ kind: 'differed', observed: [several, added], severity: 'data' })
  expect(rounds.count).toEqual({ rounds: 4, violated: 2 })
  expect(rounds.shown).toMatchObject({ errors: ['first'], outcome: { observed: [several] } })
  expect(completed(10, held).outcome).toEqual({ kind: 'held' })
})

test('violations are reliable if fewer than one run in 10,000 shows no violation', () => {
  // The probability that ten further rounds show no violation is 0.6 ** 10 (0.006) for 40 violations in 100 rounds, and
  // 0.37 ** 10 (0.00005) for 63 violations in 100 rounds.
  expect(isReliablyViolated({ rounds: 100, violated: 40 }, 10)).toBe(false)
  expect(isReliablyViolated({ rounds: 100, violated: 63 }, 10)).toBe(true)
  expect(isReliablyViolated({ rounds: 10, violated: 9 }, 1)).toBe(false)
  expect(isReliablyViolated({ rounds: 10, violated: 10 }, 1)).toBe(true)
})

test('the combined entry has the observations from all races of the behaviour', () => {
  const known: BaselineEntry = {
    verdict: 'known deviation',
    observed: [added],
    rounds: 30,
    violated: 30,
    why: 'It locks nothing',
  }
  const entries = {
    'race/a/one': entry,
    'race/a/two': known,
    'race/b/one': entry,
    'race/a/plain': { ...entry, rounds: undefined },
  }

  expect(entryOfRaces(entries, 'race/a')).toMatchObject({ verdict: 'unstable', observed: [several, added] })
  expect(entryOfRaces(entries, 'race/b')).toMatchObject({ verdict: 'unstable', observed: [several] })
  expect(entryOfRaces(entries, 'race/c')).toBeUndefined()
})
