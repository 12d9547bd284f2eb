import { describe, expect, test } from 'vitest'
import { exampleOf, exchanged, known, ran, recorded, runOf } from './example'

const accepted = 'PutObject answered 200'
const other = 'PutObject answered 412 PreconditionFailed'

describe('a store of two minds', () => {
  const list = { ...known(['holds', accepted]), level: 'data' } as const
  const last = exampleOf({ 'write/a/differs': list })

  test('keeps its list whichever of the answers it gives', () => {
    for (const observed of [undefined, accepted]) {
      expect(recorded(runOf([ran('write/a/differs', observed, { level: 'answer' })]), last).result.checks).toEqual(
        last.checks,
      )
    }
  })

  test('gets a further answer added', () => {
    const { result } = recorded(runOf([ran('write/a/differs', other)]), last)

    expect(result.checks['write/a/differs']?.observed).toEqual(['holds', accepted, other])
  })
})

describe('after an upgrade', () => {
  const old = exampleOf(
    { 'write/a/differs': known(accepted), 'write/a/too': known(other, 'other') },
    { store: { name: 'localstack', version: '4.13.1', how: 'process' } },
  )
  const upgraded = runOf([ran('write/a/differs', other), ran('write/a/too'), ran('write/b/new', other)])

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
    const { result, lines, incomplete } = recorded(runOf([ran('write/a/differs', undefined, { verdict })]), last)

    expect(result.checks).toEqual(last.checks)
    expect(lines).toEqual([`not recorded: write/a/differs: ${verdict}`])
    expect(incomplete).toBe(true)
  })

  test('the words of a bare assertion are not', () => {
    const { result, lines, incomplete } = recorded(
      runOf([ran('write/a/differs', 'expected 206 to be 200', { bare: true })]),
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
      runOf(
        [ran('write/a/holds'), ran('write/a/differs', accepted, { level: 'data', exchange: [exchanged] })],
        {},
        head,
      ),
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
