import type { Exchange } from '../wire/record'
import { anonymised } from '../wire/redact'
import { type CheckResult, meaningOf, type Result } from './result-file'
import { groupBy } from './summary'
import { type BaselineEntry, type Deviation, isAuthoritative, isKnown, type Verdict, type VerdictMeta } from './verdict'

/**
 * The header of a result: the versions of the suite and the SDK, the date, the store, and the capabilities that the
 * store lacks.
 */
export type Head = Omit<Result, 'format' | 'causes' | 'checks' | 'requests' | 'buckets'>

/** A check that ran or is unsupported, as plain data. */
export interface CheckRun {
  readonly id: string
  /** The current path of the spec that contains the check. The id of a moved check still contains the original path. */
  readonly behaviour: string
  readonly verdict: Verdict
  readonly deviation?: Deviation
  /** Present only if the check is a race. */
  readonly rounds?: VerdictMeta['rounds']
  readonly exchange?: readonly Exchange[]
  /** The total number of requests across all rounds and attempts. */
  readonly requests?: number
}

export interface Run {
  readonly head: Head
  readonly checks: readonly CheckRun[]
  /** The ids of the checks in each loaded behaviour, including those that did not run. */
  readonly loaded: Readonly<Record<string, readonly string[]>>
}

/** Creates the result of a run. Known deviations get their causes from the baseline entries. */
export function resultOf(
  { head, checks }: Pick<Run, 'head' | 'checks'>,
  entries: Readonly<Record<string, BaselineEntry>> = {},
): Result {
  const causes: Result['causes'] = {}
  const results = checks.map((ran): [string, CheckResult] => {
    const { cause, why = '', link } = entries[ran.id] ?? {}
    const rate = ran.rounds && { violated: ran.rounds.violated, rounds: ran.rounds.rounds }
    const result = { ...checkResult(ran, head.store.name), ...rate }
    if (!isKnown(ran.verdict) || !cause) return [ran.id, result]
    causes[cause] = { why, ...(link && { link }) }
    return [ran.id, { ...result, cause }]
  })
  return {
    format: 2,
    ...head,
    causes,
    checks: Object.fromEntries(results),
    requests: requestsOf(checks),
    buckets: bucketsOf(checks),
  }
}

/**
 * Creates the result of a check. If the check deviates on Amazon S3 or the reference store, the result includes the
 * exchanges as evidence.
 */
export function checkResult({ verdict, deviation, exchange = [] }: CheckRun, store: string): CheckResult {
  const contradicts = meaningOf(verdict) === 'differs' && isAuthoritative(store)
  return {
    verdict: contradicts ? 'contradicts the reference' : verdict,
    ...(deviation && { severity: deviation.severity, observed: [...deviation.observed] }),
    ...(contradicts && { exchange: exchange.map(anonymised) }),
  }
}

/**
 * Counts the requests that the checks of each behaviour sent. For a race, the count is scaled to the planned number of
 * rounds.
 */
export function requestsOf(checks: readonly CheckRun[]): Record<string, number> {
  const ofRun = ({ requests = 0, rounds }: CheckRun) =>
    rounds && rounds.rounds > 0 ? Math.round((requests * rounds.planned) / rounds.rounds) : requests
  const sum = (some: readonly CheckRun[]) => some.reduce((total, ran) => total + ofRun(ran), 0)
  return Object.fromEntries([...groupBy(checks, ({ behaviour }) => behaviour)].map(([id, some]) => [id, sum(some)]))
}

export function bucketsOf(checks: readonly CheckRun[]): number {
  const exchanges = checks.flatMap(({ exchange = [] }) => exchange)
  return new Set(exchanges.map(({ request }) => request.path.split(/[/?]/)[1])).size
}
