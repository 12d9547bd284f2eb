import { describe, expect, test } from 'vitest'
import type { Exchange } from '../exchange/record'
import { exampleOf, known } from './example'
import { type Result, textOf } from './format'
import { type Before, record } from './record'
import type { Ran, Run } from './run'

const accepted = 'PutObject answered 200'
const other = 'PutObject answered 412 PreconditionFailed'

/** A check of `write/a` or another behaviour that has run. */
const ran = (id: string, observed?: string, more: Partial<Ran> = {}): Ran => ({
  id,
  behaviour: id.slice(0, id.lastIndexOf('/')),
  verdict: observed ? 'deviation' : 'holds',
  observed,
  ...more,
})

const { suite, sdk, date, store, lacks } = exampleOf({})

/** A run of these checks; what was loaded beside them did not run. */
const run = (checks: readonly Ran[], loaded: Run['loaded'] = {}, head: Partial<Run['head']> = {}): Run => {
  const own: Record<string, string[]> = {}
  for (const { id, behaviour } of checks) own[behaviour] = [...(own[behaviour] ?? []), id]
  return { head: { suite, sdk, date, store, lacks, ...head }, checks, loaded: { ...own, ...loaded } }
}

const behaviours = ['write/a', 'write/b']
const recorded = (aRun: Run, last?: Result, more: Partial<Before> = {}) =>
  record(aRun, { ...(last && { last }), behaviours, ...more })

describe('a first recording', () => {
  test('has what holds, what differs and what does not apply; causes are left to a person', () => {
    const { result, lines, incomplete } = recorded(
      run([
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
    expect(lines).toEqual([`new: write/a/differs: ${accepted} (no cause yet)`, 'write/a/differs lacks its cause'])
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
    const aRun = run(
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
    const { result, lines } = recorded(run([ran('write/a/differs'), ran('write/a/holds')]), last)

    expect(result.checks['write/b/differs']).toEqual(last.checks['write/b/differs'])
    expect(result.checks['write/a/differs']).toEqual({ verdict: 'holds' })
    expect(result.requests['write/b']).toBe(4)
    expect(result.buckets).toBe(3)
    expect(lines).toEqual([`holds now: write/a/differs; it was: ${accepted}`])
  })

  test('with -t leaves the other tests of the file as they are', () => {
    const loaded = { 'write/a': ['write/a/differs', 'write/a/holds'] }
    const { result, lines } = recorded(run([ran('write/a/holds')], loaded), last)

    expect(result.checks).toEqual(last.checks)
    expect(result.causes).toEqual(last.causes)
    expect(result.requests).toEqual(last.requests)
    expect(lines).toEqual([])
  })

  test('drops what is no longer in its spec, and what has no spec any more', () => {
    const { result, lines } = recorded(run([ran('write/a/holds')]), last, { behaviours: ['write/a'] })

    expect(result.checks).toEqual({ 'write/a/holds': { verdict: 'holds' } })
    expect(result.causes).toEqual({})
    expect(result.requests).toEqual({ 'write/a': 0 })
    expect(lines).toEqual(['gone: write/a/differs', 'gone: write/b/differs'])
  })

  test('keeps a check under the id that it was born with in another file', () => {
    const moved = run([ran('write/a/differs', accepted, { behaviour: 'write/new' })])

    expect(recorded(moved, last, { behaviours: ['write/new', 'write/b'] }).result.checks).toMatchObject({
      'write/a/differs': known(accepted),
    })
  })

  test('drops nothing of a file that did not load', () => {
    expect(recorded(run([]), last).result.checks).toEqual(last.checks)
  })

  test('keeps cause and link when the observation changes, and says so', () => {
    const { result, lines } = recorded(run([ran('write/a/differs', other), ran('write/a/holds')]), last)

    expect(result.checks['write/a/differs']).toEqual(known(other))
    expect(result.causes['no-condition']).toEqual({ why: 'It has none', link: 'https://example.com/1' })
    expect(lines).toEqual([`changed: write/a/differs: ${other}; it was: ${accepted} (proposed cause: no-condition)`])
  })

  test('proposes the cause of an equal observation, the most frequent one', () => {
    const more = { ...last, checks: { ...last.checks, 'write/b/too': known(accepted, 'b') } }
    const { result, lines } = recorded(run([ran('write/a/holds', accepted), ran('write/a/differs', accepted)]), more)

    expect(result.checks['write/a/holds']).toEqual(known(accepted, 'b'))
    expect(lines).toEqual([`new: write/a/holds: ${accepted} (proposed cause: b)`])
  })

  test('fills a cause that was left empty once an equal observation has one', () => {
    const empty = { ...last, checks: { ...last.checks, 'write/a/holds': known(accepted, '') } }

    expect(
      recorded(run([ran('write/a/holds', accepted)], { 'write/a': ['write/a/differs', 'write/a/holds'] }), empty).result
        .checks['write/a/holds']?.cause,
    ).toMatch(/^(b|no-condition)$/)
  })

  test('takes the level of the run', () => {
    const { result } = recorded(
      run([ran('write/a/differs', accepted, { level: 'answer' }), ran('write/a/holds')]),
      last,
    )

    expect(result.checks['write/a/differs']).toEqual({ ...known(accepted), level: 'answer' })
  })

  test('counts requests anew only where a whole behaviour ran, and the count is another one', () => {
    const exchange = (count: number) => Array.from({ length: count }, () => exchanged)
    const whole = (count: number) =>
      recorded(run([ran('write/a/differs', accepted, { exchange: exchange(count) }), ran('write/a/holds')]), last)
        .result

    expect(whole(9).requests['write/a']).toBe(10)
    expect(whole(20).requests['write/a']).toBe(20)
  })
})

const exchanged: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/s3cr-0123456789-abcdef/key', headers: { 'if-none-match': '*' } },
  response: {
    status: 403,
    headers: {},
    body: '<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/me may not</Message><RequestId>ABC</RequestId></Error>',
  },
}

describe('a store of two minds', () => {
  const list = { ...known(['holds', accepted]), level: 'data' } as const
  const last = exampleOf({ 'write/a/differs': list })

  test('keeps its list whichever of the answers it gives', () => {
    for (const observed of [undefined, accepted]) {
      expect(recorded(run([ran('write/a/differs', observed, { level: 'answer' })]), last).result.checks).toEqual(
        last.checks,
      )
    }
  })

  test('gets a further answer added', () => {
    const { result } = recorded(run([ran('write/a/differs', other)]), last)

    expect(result.checks['write/a/differs']?.observed).toEqual(['holds', accepted, other])
  })
})

describe('after an upgrade', () => {
  const old = exampleOf(
    { 'write/a/differs': known(accepted), 'write/a/too': known(other, 'other') },
    { store: { ...store, version: '4.13.1' } },
  )
  const upgraded = run([ran('write/a/differs', other), ran('write/a/too'), ran('write/b/new', other)])

  test('the causes of the last version are proposed, and only those that are used are taken', () => {
    const { result, lines } = recorded(upgraded, undefined, { others: [old] })

    expect(result.checks).toEqual({
      'write/a/differs': known(other),
      'write/a/too': { verdict: 'holds' },
      'write/b/new': known(other, 'other'),
    })
    expect(result.causes).toEqual(old.causes)
    expect(lines).toHaveLength(2)
  })
})

describe('what cannot be recorded', () => {
  const last = exampleOf({ 'write/a/differs': known(accepted) })

  test.for(['setup failure', 'no answer', 'unreachable'] as const)('%s leaves what was there', (verdict) => {
    const { result, lines, incomplete } = recorded(run([ran('write/a/differs', undefined, { verdict })]), last)

    expect(result.checks).toEqual(last.checks)
    expect(lines).toEqual([`not recorded: write/a/differs: ${verdict}`])
    expect(incomplete).toBe(true)
  })

  test('the words of a bare assertion are not', () => {
    const { result, lines, incomplete } = recorded(
      run([ran('write/a/differs', 'expected 206 to be 200', { bare: true })]),
      last,
    )

    expect(result.checks).toEqual(last.checks)
    expect(lines[0]).toContain('cannot be recorded: write/a/differs: a bare assertion failed; use a matcher')
    expect(incomplete).toBe(true)
  })
})

describe.for(['aws', 'reference'])('on %s', (name) => {
  test('a deviation is a contradiction with its exchange, masked, and never known', () => {
    const head = { store: { name, version: 'eu-west-1', how: 'aws' } as const }
    const { result } = recorded(
      run([ran('write/a/holds'), ran('write/a/differs', accepted, { level: 'data', exchange: [exchanged] })], {}, head),
    )

    expect(result.checks['write/a/holds']).toEqual({ verdict: 'holds' })
    expect(result.checks['write/a/differs']).toEqual({
      verdict: 'contradicts the reference',
      level: 'data',
      observed: accepted,
      exchange: [
        {
          ...exchanged,
          request: { ...exchanged.request, path: '/s3cr-***/key' },
          response: {
            status: 403,
            headers: {},
            body: '<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::*** may not</Message></Error>',
          },
        },
      ],
    })
    expect(result.causes).toEqual({})
  })
})
