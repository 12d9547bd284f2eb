import { PROMISES, type Promised, type PromisedCheck } from '../promises'
import { type CheckResult, meaningOf } from './result-file'

/**
 * Whether a store keeps a promise. `kept`: all checks ran, and each holds or has only a deviation of severity `detail`.
 * `broken`: a client can lose data. `other`: a response has the wrong status, but no data is lost. `partly`: only some
 * checks ran, and they hold. `not tried`: no check ran.
 */
export type PromiseStatus = 'kept' | 'broken' | 'other' | 'partly' | 'not tried'

/** The status of a promise for a single client and, if races test the promise, for concurrent clients. */
export interface PromiseResult {
  readonly promise: Promised
  readonly alone: PromiseStatus
  readonly race?: PromiseStatus
  /** The highest violation rate among the races, such as `7 of 10 rounds`. */
  readonly rate?: string
}

/**
 * Derives the status of each promise from the results of a run.
 * @param all the checks of every promise
 * @param checks the results by check id; a check that did not run has no result
 * @returns the statuses of the promises for which at least one check has a result
 */
export function promiseResults(
  all: readonly PromisedCheck[],
  checks: Readonly<Record<string, CheckResult>>,
): PromiseResult[] {
  return PROMISES.flatMap((promise): PromiseResult[] => {
    const own = (race: boolean) =>
      all.filter((one) => one.promise === promise && one.race === race).map(({ id }) => checks[id])
    const [alone, race] = [own(false), own(true)]
    if (![...alone, ...race].some((check) => check !== undefined)) return []
    const rate = rateOf(race)
    return [
      { promise, alone: statusOf(alone), ...(race.length > 0 && { race: statusOf(race) }), ...(rate && { rate }) },
    ]
  })
}

function statusOf(checks: readonly (CheckResult | undefined)[]): PromiseStatus {
  const effects = checks.map(effectOf)
  if (effects.includes('data')) return 'broken'
  if (effects.includes('status')) return 'other'
  if (effects.every((effect) => effect === 'holds')) return 'kept'
  return effects.includes('holds') ? 'partly' : 'not tried'
}

/**
 * Returns how a check affects its promise. An unstable race without a violation in this run also counts as a `data`
 * deviation.
 */
function effectOf(check?: CheckResult): 'holds' | 'data' | 'status' | 'nothing' {
  if (!check) return 'nothing'
  const { verdict, severity = 'data' } = check
  const meaning = meaningOf(verdict)
  if (meaning === 'differs') return severity === 'detail' ? 'holds' : severity
  return meaning === 'holds' ? 'holds' : 'nothing'
}

function rateOf(checks: readonly (CheckResult | undefined)[]): string | undefined {
  const rates = checks.flatMap((check) => {
    const { violated = 0, rounds = 0, severity, verdict } = check ?? {}
    // A race with an entry in the baseline stops at its first violation, so a violation rate would be meaningless.
    return verdict === 'deviation' && violated > 0 && severity === 'data' ? { violated, rounds } : []
  })
  const [worst] = rates.sort((a, b) => b.violated / b.rounds - a.violated / a.rounds || b.rounds - a.rounds)
  return worst && `${worst.violated} of ${worst.rounds} rounds`
}
