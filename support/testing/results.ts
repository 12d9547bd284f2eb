import type { Observation } from '../observation'
import { type BaselineUpdate, type PreviousBaselines, updateBaseline } from '../verdicts/baseline'
import type { Check } from '../verdicts/manifest'
import type { CheckResult, Result } from '../verdicts/result-file'
import type { CheckRun, Run } from '../verdicts/run'
import type { Exchange } from '../wire/record'

/** Returns a result for LocalStack that contains these checks and an explanation of each cause that they name. */
export function exampleOf(checks: Record<string, CheckResult>, more: Partial<Result> = {}): Result {
  const named = Object.values(checks).flatMap(({ cause }) => cause || [])
  return {
    format: 2,
    suite: '0.1.0+0000000',
    sdk: '3.1169.0',
    date: '2026-11-25',
    store: { name: 'localstack', version: '4.14.0', how: 'process' },
    unsupported: {},
    causes: Object.fromEntries(named.map((cause) => [cause, { why: `because of ${cause}` }])),
    checks,
    requests: {},
    buckets: 0,
    ...more,
  }
}

export const returned200: Observation = { kind: 'response', operation: 'PutObject', status: 200 }
export const failed500: Observation = { kind: 'response', operation: 'PutObject', status: 500 }

/** Returns a check with a known deviation, as a baseline stores it. */
export function known(observed: Observation, cause = 'no-condition'): CheckResult {
  return { verdict: 'known deviation', severity: 'status', observed: [observed], cause }
}

/** Returns a check, as the manifest stores it. */
export function checkIn(behaviour: string, title: string, facts: Check['facts']): Check {
  return { id: `${behaviour}/${title}`, behaviour, title, describe: 'A sentence', facts, docs: 'conditional-reads' }
}

/** Returns a check that has run. Its verdict is `deviation` if an observation is given, otherwise `holds`. */
export function ran(id: string, observed?: Observation, more: Partial<CheckRun> = {}): CheckRun {
  const behaviour = id.slice(0, id.lastIndexOf('/'))
  const deviation = observed && { observed: [observed], severity: 'status' as const }
  return { id, behaviour, verdict: observed ? 'deviation' : 'holds', deviation, ...more }
}

/**
 * Returns the record of a run in which these checks ran.
 * @param loaded for each behaviour, the ids of other checks that were loaded but did not run
 */
export function runOf(checks: readonly CheckRun[], loaded: Run['loaded'] = {}, more: Partial<Run['head']> = {}): Run {
  const { suite, sdk, date, store, unsupported } = exampleOf({})
  const own: Record<string, string[]> = {}
  for (const { id, behaviour } of checks) own[behaviour] = [...(own[behaviour] ?? []), id]
  return { head: { suite, sdk, date, store, unsupported, ...more }, checks, loaded: { ...own, ...loaded } }
}

/** Updates the previous baseline with the results of a run, in a suite whose behaviours are `write/a` and `write/b`. */
export function updatedBy(run: Run, last?: Result, more: Partial<PreviousBaselines> = {}): BaselineUpdate {
  return updateBaseline(run, { ...(last && { last }), behaviours: ['write/a', 'write/b'], ...more })
}

/** An exchange whose error contains an account id. */
export const exchanged: Exchange = {
  by: 'spec',
  operation: 'PutObject',
  request: { method: 'PUT', path: '/s3cr-0123456789-abcdef/key', headers: { 'if-none-match': '*' } },
  response: {
    status: 403,
    headers: {},
    error: { Code: 'AccessDenied', Message: 'User: arn:aws:iam::123456789012:user/me may not', RequestId: 'ABC' },
  },
}
