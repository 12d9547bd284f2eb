import { describe, expect, test } from 'vitest'
import { sentenceOf } from '../sentence'
import { exampleOf, failed500, known, ran, returned200, runOf, updatedBy } from '../testing/results'
import { textOf } from './result-file'

describe('the first baseline', () => {
  test('has the verdict of every check, and no causes', () => {
    const { result, lines, incomplete } = updatedBy(
      runOf([
        ran('write/a/holds'),
        ran('write/a/differs', returned200),
        ran('write/b/unsupported', undefined, { verdict: 'unsupported' }),
      ]),
    )

    expect(result.checks).toEqual({
      'write/a/differs': known(returned200, ''),
      'write/a/holds': { verdict: 'holds' },
      'write/b/unsupported': { verdict: 'unsupported' },
    })
    expect(lines).toEqual([
      `new known deviation: write/a/differs: ${sentenceOf([returned200])} (no cause yet)`,
      '1 deviation has no cause yet',
    ])
    expect(incomplete).toBe(false)
  })
})

describe('an update of a baseline', () => {
  const last = exampleOf(
    {
      'write/a/differs': known(returned200),
      'write/a/holds': { verdict: 'holds' },
      'write/b/differs': known(returned200, 'b'),
    },
    {
      causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' }, b: { why: 'because of b' } },
      requests: { 'write/a': 10, 'write/b': 4 },
      buckets: 3,
    },
  )

  test('changes only the date if the results are the same', () => {
    const aRun = runOf(
      [ran('write/a/differs', returned200), ran('write/a/holds'), ran('write/b/differs', returned200)],
      {},
      {
        date: '2026-11-26',
      },
    )
    const { result, lines } = updatedBy(
      { ...aRun, checks: aRun.checks.map((check) => ({ ...check, requests: 0 })) },
      {
        ...last,
        requests: {},
      },
    )

    expect(textOf(result)).toBe(textOf({ ...last, date: '2026-11-26', requests: { 'write/a': 0, 'write/b': 0 } }))
    expect(lines).toEqual([])
  })

  test('with a path keeps the entries of other files', () => {
    const { result, lines } = updatedBy(runOf([ran('write/a/differs'), ran('write/a/holds')]), last)

    expect(result.checks['write/b/differs']).toEqual(last.checks['write/b/differs'])
    expect(result.checks['write/a/differs']).toEqual({ verdict: 'holds' })
    expect(result.requests['write/b']).toBe(4)
    expect(result.buckets).toBe(3)
    expect(lines).toEqual([`holds now: write/a/differs; previously: ${sentenceOf([returned200])}`])
  })

  test('with -t keeps the entries of other tests of the file', () => {
    const loaded = { 'write/a': ['write/a/differs', 'write/a/holds'] }
    const { result, lines } = updatedBy(runOf([ran('write/a/holds')], loaded), last)

    expect(result.checks).toEqual(last.checks)
    expect(result.causes).toEqual(last.causes)
    expect(result.requests).toEqual(last.requests)
    expect(lines).toEqual([])
  })

  test('removes checks and specs that no longer exist', () => {
    const { result, lines } = updatedBy(runOf([ran('write/a/holds')]), last, { behaviours: ['write/a'] })

    expect(result.checks).toEqual({ 'write/a/holds': { verdict: 'holds' } })
    expect(result.causes).toEqual({})
    expect(result.requests).toEqual({ 'write/a': 0 })
    expect(lines).toEqual(['removed: write/a/differs', 'removed: write/b/differs'])
  })

  test('keeps a check that has moved to another file under its first id', () => {
    const moved = runOf([ran('write/a/differs', returned200, { behaviour: 'write/new' })])

    expect(updatedBy(moved, last, { behaviours: ['write/new', 'write/b'] }).result.checks).toMatchObject({
      'write/a/differs': known(returned200),
    })
  })

  test('keeps all entries of a file that did not load', () => {
    expect(updatedBy(runOf([]), last).result.checks).toEqual(last.checks)
  })

  test('keeps cause and link when the observation changes, and reports the change', () => {
    const { result, lines } = updatedBy(runOf([ran('write/a/differs', failed500), ran('write/a/holds')]), last)

    expect(result.checks['write/a/differs']).toEqual(known(failed500))
    expect(result.causes['no-condition']).toEqual({ why: 'It has none', link: 'https://example.com/1' })
    expect(lines).toEqual([
      `changed: write/a/differs: ${sentenceOf([failed500])}; previously: ${sentenceOf([returned200])} (cause: no-condition)`,
    ])
  })

  test('proposes the most frequent cause of identical observations', () => {
    const more = { ...last, checks: { ...last.checks, 'write/b/too': known(returned200, 'b') } }
    const { result, lines } = updatedBy(
      runOf([ran('write/a/holds', returned200), ran('write/a/differs', returned200)]),
      more,
    )

    expect(result.checks['write/a/holds']).toEqual(known(returned200, 'b'))
    expect(lines).toEqual([`new known deviation: write/a/holds: ${sentenceOf([returned200])} (proposed cause: b)`])
  })

  test('fills in an empty cause if an identical observation has one', () => {
    const empty = { ...last, checks: { ...last.checks, 'write/a/holds': known(returned200, '') } }

    expect(
      updatedBy(runOf([ran('write/a/holds', returned200)], { 'write/a': ['write/a/differs', 'write/a/holds'] }), empty)
        .result.checks['write/a/holds']?.cause,
    ).toMatch(/^(b|no-condition)$/)
  })

  test('takes the severity from the run', () => {
    const deviation = { observed: [returned200], severity: 'data' } as const
    const { result } = updatedBy(
      runOf([ran('write/a/differs', returned200, { deviation }), ran('write/a/holds')]),
      last,
    )

    expect(result.checks['write/a/differs']).toEqual({ ...known(returned200), severity: 'data' })
  })

  test('updates the number of requests only if the whole behaviour ran and the number changed significantly', () => {
    const whole = (requests: number) =>
      updatedBy(runOf([ran('write/a/differs', returned200, { requests }), ran('write/a/holds')]), last).result

    expect(whole(9).requests['write/a']).toBe(10)
    expect(whole(20).requests['write/a']).toBe(20)
  })
})
