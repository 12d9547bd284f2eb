import type { Exchange } from '../exchange/record'
import type { KnownDeviation, Level, Verdict } from '../judge/verdict'
import { type CheckResult, isTruth, type Result, says } from './format'
import { mask, masked } from './mask'
import { groupBy } from './summary'

/** What a run says of itself, beside its checks. */
export type Head = Omit<Result, 'format' | 'causes' | 'checks' | 'requests' | 'buckets'>

/** A check that has run, or was found not applicable, as plain data. */
export interface Ran {
  readonly id: string
  /** The behaviour whose spec it stands in. */
  readonly behaviour: string
  readonly verdict: Verdict
  readonly level?: Level
  readonly observed?: string
  /** `observed` has the words of a bare assertion of Vitest. */
  readonly bare?: boolean
  /** What Amazon S3 does instead. */
  readonly wanted?: string
  readonly exchange?: readonly Exchange[]
}

/** All that is left of a run on one store. */
export interface Run {
  readonly head: Head
  readonly checks: readonly Ran[]
  /** Every check of the behaviours that were loaded, also those that did not run. */
  readonly loaded: Readonly<Record<string, readonly string[]>>
}

/** The result of a run, with the causes of the known deviations that it met. */
export function resultOf(
  { head, checks }: Pick<Run, 'head' | 'checks'>,
  known: Readonly<Record<string, KnownDeviation>> = {},
): Result {
  const causes: Result['causes'] = {}
  const entries = checks.map((ran): [string, CheckResult] => {
    const { cause, why = '', link } = known[ran.id] ?? {}
    if (ran.verdict !== 'known deviation' || !cause) return [ran.id, checkResult(ran, head.store.name)]
    causes[cause] = { why, ...(link && { link }) }
    return [ran.id, { ...checkResult(ran, head.store.name), cause }]
  })
  return {
    format: 1,
    ...head,
    causes,
    checks: Object.fromEntries(entries),
    requests: requestsOf(checks),
    buckets: bucketsOf(checks),
  }
}

/** What Amazon S3 contradicts keeps its exchange: it is new evidence. */
export function checkResult({ verdict, level, observed, exchange = [] }: Ran, store: string): CheckResult {
  const differs = says(verdict) === 'differs'
  return {
    verdict: differs && isTruth(store) ? 'contradicts the reference' : verdict,
    ...(differs && level && { level }),
    ...(observed && { observed: mask(observed) }),
    ...(differs && isTruth(store) && { exchange: exchange.map(masked) }),
  }
}

/** How many requests the checks of each behaviour sent. */
export function requestsOf(checks: readonly Ran[]): Record<string, number> {
  const sum = (some: readonly Ran[]) => some.reduce((total, { exchange = [] }) => total + exchange.length, 0)
  return Object.fromEntries([...groupBy(checks, ({ behaviour }) => behaviour)].map(([id, some]) => [id, sum(some)]))
}

/** How many buckets a run used. */
export function bucketsOf(checks: readonly Ran[]): number {
  const exchanges = checks.flatMap(({ exchange = [] }) => exchange)
  return new Set(exchanges.map(({ request }) => request.path.split(/[/?]/)[1])).size
}
