import { PROMISES, type Promised, type PromisedCheck } from '../promises'
import { type CheckResult, says } from './result-file'

/**
 * Whether a store keeps a promise: `kept` if all of its checks ran and held; a detail, such as a 412 that does not name its
 * condition, protects all the same. `broken`: a client can lose data. `other`: another status, and nothing is lost.
 * `partly`: what could run held. `not tried`: nothing ran.
 */
export type Keeping = 'kept' | 'broken' | 'other' | 'partly' | 'not tried'

/** How a store keeps a promise, for one client and, if there are such checks, for several at the same time. */
export interface Kept {
  readonly promise: Promised
  readonly alone: Keeping
  readonly race?: Keeping
  /** The race that was violated most often, `7 of 10 rounds`. */
  readonly rate?: string
}

/**
 * @param all the checks of every promise
 * @param checks the results of a run; a check that did not run has none
 * @returns the promises of which at least one check ran
 */
export function promisesOf(all: readonly PromisedCheck[], checks: Readonly<Record<string, CheckResult>>): Kept[] {
  return PROMISES.flatMap((promise): Kept[] => {
    const own = (race: boolean) =>
      all.filter((one) => one.promise === promise && one.race === race).map(({ id }) => checks[id])
    const [alone, race] = [own(false), own(true)]
    if (![...alone, ...race].some((check) => check !== undefined)) return []
    const rate = rateOf(race)
    return [{ promise, alone: keeping(alone), ...(race.length > 0 && { race: keeping(race) }), ...(rate && { rate }) }]
  })
}

function keeping(checks: readonly (CheckResult | undefined)[]): Keeping {
  const said = checks.map(saidBy)
  if (said.includes('data')) return 'broken'
  if (said.includes('status')) return 'other'
  if (said.every((one) => one === 'holds')) return 'kept'
  return said.includes('holds') ? 'partly' : 'not tried'
}

function saidBy(check?: CheckResult): 'holds' | 'data' | 'status' | 'nothing' {
  if (!check) return 'nothing'
  const said = says(check.verdict)
  if (said === 'unsupported' || said === 'holds') return said === 'holds' ? said : 'nothing'
  // An unstable race that holds in this run is violated in another one.
  const { severity = 'data' } = check
  return said === 'nothing' ? said : severity === 'detail' ? 'holds' : severity
}

function rateOf(checks: readonly (CheckResult | undefined)[]): string | undefined {
  const rates = checks.flatMap((check) => {
    const { violated = 0, rounds = 0, severity, verdict } = check ?? {}
    // One violation ends a race that the baseline has: that is no rate.
    return verdict === 'deviation' && violated > 0 && severity === 'data' ? { violated, rounds } : []
  })
  const [worst] = rates.sort((a, b) => b.violated / b.rounds - a.violated / a.rounds || b.rounds - a.rounds)
  return worst && `${worst.violated} of ${worst.rounds} rounds`
}
