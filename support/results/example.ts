import type { Exchange } from '../exchange/record'
import type { CheckResult, Result } from './format'
import { type Before, type Recording, record } from './record'
import type { Ran, Run } from './run'

/** A result as tests want it: of LocalStack, with these checks and a sentence for every cause that they name. */
export function exampleOf(checks: Record<string, CheckResult>, more: Partial<Result> = {}): Result {
  const named = Object.values(checks).flatMap(({ cause }) => cause || [])
  return {
    format: 1,
    suite: '0.1.0+0000000',
    sdk: '3.1169.0',
    date: '2026-11-25',
    store: { name: 'localstack', version: '4.14.0', how: 'process' },
    lacks: {},
    causes: Object.fromEntries(named.map((cause) => [cause, { why: `because of ${cause}` }])),
    checks,
    requests: {},
    buckets: 0,
    ...more,
  }
}

/** A deviation that is written down. */
export function known(observed: string | string[], cause = 'no-condition'): CheckResult {
  return { verdict: 'known deviation', observed, cause }
}

/** A check that has run; what it observed differs. */
export function ran(id: string, observed?: string, more: Partial<Ran> = {}): Ran {
  const behaviour = id.slice(0, id.lastIndexOf('/'))
  return { id, behaviour, verdict: observed ? 'deviation' : 'holds', observed, ...more }
}

/** A run of these checks; what was loaded beside them did not run. */
export function runOf(checks: readonly Ran[], loaded: Run['loaded'] = {}, more: Partial<Run['head']> = {}): Run {
  const { suite, sdk, date, store, lacks } = exampleOf({})
  const own: Record<string, string[]> = {}
  for (const { id, behaviour } of checks) own[behaviour] = [...(own[behaviour] ?? []), id]
  return { head: { suite, sdk, date, store, lacks, ...more }, checks, loaded: { ...own, ...loaded } }
}

/** A recording of a run over the last one, where there are the behaviours `write/a` and `write/b`. */
export function recorded(run: Run, last?: Result, more: Partial<Before> = {}): Recording {
  return record(run, { ...(last && { last }), behaviours: ['write/a', 'write/b'], ...more })
}

/** An answer that tells whose account it was. */
export const exchanged: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/s3cr-0123456789-abcdef/key', headers: { 'if-none-match': '*' } },
  response: {
    status: 403,
    headers: {},
    body: '<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/me may not</Message><RequestId>ABC</RequestId></Error>',
  },
}
