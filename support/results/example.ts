import type { CheckResult, Result } from './format'

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
