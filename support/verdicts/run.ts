import type { Exchange } from '../wire/record'
import { masked } from './mask'
import { type CheckResult, isTruth, type Result, says } from './result-file'
import { groupBy } from './summary'
import type { Deviation, Judged, Pin, Verdict } from './verdict'

/** What a run says of itself, beside its checks. */
export type Head = Omit<Result, 'format' | 'causes' | 'checks' | 'requests' | 'buckets'>

/** A check that has run, or turned out to be unsupported, as plain data. */
export interface Ran {
  readonly id: string
  /** The behaviour whose spec it stands in. */
  readonly behaviour: string
  readonly verdict: Verdict
  readonly deviation?: Deviation
  /** Of a race. */
  readonly rounds?: Judged['rounds']
  readonly exchange?: readonly Exchange[]
  /** How many requests it sent, in all of its rounds and attempts. */
  readonly requests?: number
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
  pins: Readonly<Record<string, Pin>> = {},
): Result {
  const causes: Result['causes'] = {}
  const entries = checks.map((ran): [string, CheckResult] => {
    const { cause, why = '', link } = pins[ran.id] ?? {}
    const isPinned = ran.verdict === 'known deviation' || ran.verdict === 'unstable'
    const rate = ran.rounds && { violated: ran.rounds.violated, rounds: ran.rounds.rounds }
    const result = { ...checkResult(ran, head.store.name), ...rate }
    if (!isPinned || !cause) return [ran.id, result]
    causes[cause] = { why, ...(link && { link }) }
    return [ran.id, { ...result, cause }]
  })
  return {
    format: 2,
    ...head,
    causes,
    checks: Object.fromEntries(entries),
    requests: requestsOf(checks),
    buckets: bucketsOf(checks),
  }
}

/** A check as results have it. What Amazon S3 contradicts keeps its exchange: it is new evidence. */
export function checkResult({ verdict, deviation, exchange = [] }: Ran, store: string): CheckResult {
  const differs = says(verdict) === 'differs'
  return {
    verdict: differs && isTruth(store) ? 'contradicts the reference' : verdict,
    ...(deviation && { severity: deviation.severity, observed: [...deviation.observed] }),
    ...(differs && isTruth(store) && { exchange: exchange.map(masked) }),
  }
}

/** How many requests the checks of each behaviour send in a run, whose races run in all rounds that are planned. */
export function requestsOf(checks: readonly Ran[]): Record<string, number> {
  const ofRun = ({ requests = 0, rounds }: Ran) =>
    rounds && rounds.rounds > 0 ? Math.round((requests * rounds.planned) / rounds.rounds) : requests
  const sum = (some: readonly Ran[]) => some.reduce((total, ran) => total + ofRun(ran), 0)
  return Object.fromEntries([...groupBy(checks, ({ behaviour }) => behaviour)].map(([id, some]) => [id, sum(some)]))
}

/** How many buckets a run used. */
export function bucketsOf(checks: readonly Ran[]): number {
  const exchanges = checks.flatMap(({ exchange = [] }) => exchange)
  return new Set(exchanges.map(({ request }) => request.path.split(/[/?]/)[1])).size
}
