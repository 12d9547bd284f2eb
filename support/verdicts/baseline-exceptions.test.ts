import { describe, expect, test } from 'vitest'
import type { Observation } from '../observation'
import { sentenceOf } from '../sentence'
import { exampleOf, exchanged, failed500, known, ran, returned200, runOf, updatedBy } from '../testing/results'
import type { CheckResult } from './result-file'
import type { VerdictMeta } from './verdict'

const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }

describe('a race', () => {
  const raceRun = (violated: number, rounds: number, observed?: Observation[], planned = 10) => {
    const deviation: VerdictMeta['deviation'] = observed && { observed, severity: 'data' }
    return runOf([ran('write/a/race', undefined, { deviation, rounds: { violated, rounds, planned } })])
  }
  const entry = (
    verdict: CheckResult['verdict'],
    violated: number,
    rounds: number,
    observed: Observation[] = [several],
  ): CheckResult => {
    return { verdict, severity: 'data', violated, rounds, observed, cause: 'no-condition' }
  }
  const baselineAfter = (run: ReturnType<typeof raceRun>, last?: CheckResult) =>
    updatedBy(run, last && exampleOf({ 'write/a/race': last }))

  test('holds if all of its rounds hold', () => {
    expect(baselineAfter(raceRun(0, 10)).result.checks['write/a/race']).toEqual({ verdict: 'holds' })
  })

  test('is a known deviation with a violation rate if every round has a violation', () => {
    expect(baselineAfter(raceRun(30, 30, [several])).result.checks['write/a/race']).toEqual({
      ...entry('known deviation', 30, 30),
      cause: '',
    })
  })

  test('is unstable with a violation rate if some rounds have a violation', () => {
    const { result, lines } = baselineAfter(raceRun(3, 30, [several]))

    expect(result.checks['write/a/race']).toEqual({ ...entry('unstable', 3, 30), cause: '' })
    expect(lines[0]).toBe(`new unstable: write/a/race: ${sentenceOf([several])} in 3 of 30 rounds (no cause yet)`)
  })

  test('planned for one round is a known deviation only if every round has a violation', () => {
    expect(baselineAfter(raceRun(10, 10, [several], 1)).result.checks['write/a/race']?.verdict).toBe('known deviation')
    expect(baselineAfter(raceRun(9, 10, [several], 1)).result.checks['write/a/race']?.verdict).toBe('unstable')
  })

  test('adds its rounds to those in the earlier baseline for the same version', () => {
    expect(baselineAfter(raceRun(30, 30, [added]), entry('unstable', 3, 30)).result.checks['write/a/race']).toEqual(
      entry('unstable', 33, 60, [several, added]),
    )
  })

  test('stays in the baseline and is listed as perhaps fixed if it rarely deviated and holds now', () => {
    const rare = entry('unstable', 3, 30)
    const { result, lines } = baselineAfter(raceRun(0, 30), rare)

    expect(result.checks['write/a/race']).toEqual({ ...rare, rounds: 60 })
    expect(lines).toEqual([expect.stringMatching(/^perhaps fixed: write\/a\/race .* 30 .* 3 of 30/)])
  })

  test('is fixed if it often deviated and holds now', () => {
    const { result, lines } = baselineAfter(raceRun(0, 30), entry('unstable', 15, 30))

    expect(result.checks['write/a/race']).toEqual({ verdict: 'holds' })
    expect(lines).toEqual([expect.stringMatching(/^fixed: write\/a\/race .* 30 .* 15 of 30/)])
  })
})

describe('after an upgrade of the store', () => {
  const old = exampleOf(
    { 'write/a/differs': known(returned200), 'write/a/too': known(failed500, 'other') },
    { store: { name: 'localstack', version: '4.13.1', how: 'process' } },
  )
  const upgraded = runOf([ran('write/a/differs', failed500), ran('write/a/too'), ran('write/b/new', failed500)])

  test('causes are proposed from the baseline for the previous version, and unused causes are removed', () => {
    const { result, lines } = updatedBy(upgraded, undefined, { others: [old] })

    expect(result.checks).toEqual({
      'write/a/differs': known(failed500),
      'write/a/too': { verdict: 'holds' },
      'write/b/new': known(failed500, 'other'),
    })
    expect(result.causes).toEqual(old.causes)
    expect(lines).toHaveLength(2)
  })
})

describe('a baseline', () => {
  const last = exampleOf({ 'write/a/differs': known(returned200) })

  test.for(['setup failure', 'no response', 'unreachable'] as const)(
    'keeps the last entry for the verdict %s',
    (verdict) => {
      const { result, lines, incomplete } = updatedBy(runOf([ran('write/a/differs', undefined, { verdict })]), last)

      expect(result.checks).toEqual(last.checks)
      expect(lines).toEqual([`not judged: write/a/differs: ${verdict}`])
      expect(incomplete).toBe(true)
    },
  )

  test('does not record a missing response, even one with observations', () => {
    const deviation = { observed: [failed500], severity: 'status' } as const
    const unanswered = runOf([ran('write/a/differs', undefined, { verdict: 'no response', deviation })])

    expect(updatedBy(unanswered, last)).toMatchObject({ result: { checks: last.checks }, incomplete: true })
  })

  test('records a failed plain Vitest assertion', () => {
    const observed: Observation = { kind: 'assertion', matcher: 'toBe', nth: 2 }

    expect(updatedBy(runOf([ran('write/a/differs', observed)]), last).result.checks).toEqual({
      'write/a/differs': known(observed),
    })
  })
})

describe.for(['aws', 'reference'])('on %s', (name) => {
  test('a deviation is recorded as a contradiction with its masked exchange, and never as a known deviation', () => {
    const head = { store: { name, version: 'eu-west-1', how: 'aws' } as const }
    const { result } = updatedBy(
      runOf([ran('write/a/holds'), ran('write/a/differs', returned200, { exchange: [exchanged] })], {}, head),
    )

    expect(result.checks['write/a/holds']).toEqual({ verdict: 'holds' })
    expect(result.checks['write/a/differs']).toEqual({
      verdict: 'contradicts the reference',
      severity: 'status',
      observed: [returned200],
      exchange: [
        {
          ...exchanged,
          request: { ...exchanged.request, path: '/s3cr-***/key' },
          response: {
            status: 403,
            headers: {},
            error: { Code: 'AccessDenied', Message: 'User: arn:aws:iam::*** may not' },
          },
        },
      ],
    })
    expect(result.causes).toEqual({})
  })
})
