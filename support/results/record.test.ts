import { describe, expect, test } from 'vitest'
import { exampleOf, exchanged, known, ran, recorded, runOf } from './example'
import { textOf } from './format'

const accepted = 'PutObject answered 200'
const other = 'PutObject answered 412 PreconditionFailed'

describe('a first recording', () => {
  test('has what holds, what differs and what does not apply; causes are left to a person', () => {
    const { result, lines, incomplete } = recorded(
      runOf([
        ran('write/a/holds'),
        ran('write/a/differs', accepted, { level: 'data' }),
        ran('write/b/lacks', undefined, { verdict: 'not applicable' }),
      ]),
    )

    expect(result.checks).toEqual({
      'write/a/differs': { verdict: 'known deviation', level: 'data', observed: accepted, cause: '' },
      'write/a/holds': { verdict: 'holds' },
      'write/b/lacks': { verdict: 'not applicable' },
    })
    expect(lines).toEqual([
      `new: write/a/differs: ${accepted} (no cause yet)`,
      'without a cause: 1; npm test is red until they have one',
    ])
    expect(incomplete).toBe(false)
  })
})

describe('a second recording', () => {
  const last = exampleOf(
    {
      'write/a/differs': known(accepted),
      'write/a/holds': { verdict: 'holds' },
      'write/b/differs': known(accepted, 'b'),
    },
    {
      causes: { 'no-condition': { why: 'It has none', link: 'https://example.com/1' }, b: { why: 'because of b' } },
      requests: { 'write/a': 10, 'write/b': 4 },
      buckets: 3,
    },
  )

  test('of the same changes nothing but the date', () => {
    const aRun = runOf(
      [ran('write/a/differs', accepted), ran('write/a/holds'), ran('write/b/differs', accepted)],
      {},
      {
        date: '2026-11-26',
      },
    )
    const { result, lines } = recorded(
      { ...aRun, checks: aRun.checks.map((check) => ({ ...check, exchange: [] })) },
      {
        ...last,
        requests: {},
      },
    )

    expect(textOf(result)).toBe(textOf({ ...last, date: '2026-11-26', requests: { 'write/a': 0, 'write/b': 0 } }))
    expect(lines).toEqual([])
  })

  test('with a path leaves the other files as they are', () => {
    const { result, lines } = recorded(runOf([ran('write/a/differs'), ran('write/a/holds')]), last)

    expect(result.checks['write/b/differs']).toEqual(last.checks['write/b/differs'])
    expect(result.checks['write/a/differs']).toEqual({ verdict: 'holds' })
    expect(result.requests['write/b']).toBe(4)
    expect(result.buckets).toBe(3)
    expect(lines).toEqual([`holds now: write/a/differs; it was: ${accepted}`])
  })

  test('with -t leaves the other tests of the file as they are', () => {
    const loaded = { 'write/a': ['write/a/differs', 'write/a/holds'] }
    const { result, lines } = recorded(runOf([ran('write/a/holds')], loaded), last)

    expect(result.checks).toEqual(last.checks)
    expect(result.causes).toEqual(last.causes)
    expect(result.requests).toEqual(last.requests)
    expect(lines).toEqual([])
  })

  test('drops what is no longer in its spec, and what has no spec any more', () => {
    const { result, lines } = recorded(runOf([ran('write/a/holds')]), last, { behaviours: ['write/a'] })

    expect(result.checks).toEqual({ 'write/a/holds': { verdict: 'holds' } })
    expect(result.causes).toEqual({})
    expect(result.requests).toEqual({ 'write/a': 0 })
    expect(lines).toEqual(['gone: write/a/differs', 'gone: write/b/differs'])
  })

  test('keeps a check under the id that it was born with in another file', () => {
    const moved = runOf([ran('write/a/differs', accepted, { behaviour: 'write/new' })])

    expect(recorded(moved, last, { behaviours: ['write/new', 'write/b'] }).result.checks).toMatchObject({
      'write/a/differs': known(accepted),
    })
  })

  test('drops nothing of a file that did not load', () => {
    expect(recorded(runOf([]), last).result.checks).toEqual(last.checks)
  })

  test('keeps cause and link when the observation changes, and says so', () => {
    const { result, lines } = recorded(runOf([ran('write/a/differs', other), ran('write/a/holds')]), last)

    expect(result.checks['write/a/differs']).toEqual(known(other))
    expect(result.causes['no-condition']).toEqual({ why: 'It has none', link: 'https://example.com/1' })
    expect(lines).toEqual([`changed: write/a/differs: ${other}; it was: ${accepted} (proposed cause: no-condition)`])
  })

  test('proposes the cause of an equal observation, the most frequent one', () => {
    const more = { ...last, checks: { ...last.checks, 'write/b/too': known(accepted, 'b') } }
    const { result, lines } = recorded(runOf([ran('write/a/holds', accepted), ran('write/a/differs', accepted)]), more)

    expect(result.checks['write/a/holds']).toEqual(known(accepted, 'b'))
    expect(lines).toEqual([`new: write/a/holds: ${accepted} (proposed cause: b)`])
  })

  test('fills a cause that was left empty once an equal observation has one', () => {
    const empty = { ...last, checks: { ...last.checks, 'write/a/holds': known(accepted, '') } }

    expect(
      recorded(runOf([ran('write/a/holds', accepted)], { 'write/a': ['write/a/differs', 'write/a/holds'] }), empty)
        .result.checks['write/a/holds']?.cause,
    ).toMatch(/^(b|no-condition)$/)
  })

  test('takes the level of the run', () => {
    const { result } = recorded(
      runOf([ran('write/a/differs', accepted, { level: 'answer' }), ran('write/a/holds')]),
      last,
    )

    expect(result.checks['write/a/differs']).toEqual({ ...known(accepted), level: 'answer' })
  })

  test('counts requests anew only where a whole behaviour ran, and the count is another one', () => {
    const exchange = (count: number) => Array.from({ length: count }, () => exchanged)
    const whole = (count: number) =>
      recorded(runOf([ran('write/a/differs', accepted, { exchange: exchange(count) }), ran('write/a/holds')]), last)
        .result

    expect(whole(9).requests['write/a']).toBe(10)
    expect(whole(20).requests['write/a']).toBe(20)
  })
})
