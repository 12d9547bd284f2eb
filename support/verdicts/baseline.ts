import { canonical, isSame, type Observation, worst } from '../observation'
import { sentenceOf } from '../sentence'
import { behaviourOf } from './ids'
import { sorted } from './json'
import { type CheckResult, meaningOf, missingCauses, type Result } from './result-file'
import { isReliablyViolated } from './rounds'
import { bucketsOf, type CheckRun, checkResult, type Run, requestsOf } from './run'
import { groupBy } from './summary'
import { isAuthoritative, isKnown, type Rounds } from './verdict'

export interface PreviousBaselines {
  /**
   * The last baseline for the same version of the store. The entries of checks that did not run are taken over from it.
   */
  readonly last?: Result
  /** Baselines for other versions of the store, newest first. They are searched for causes of new deviations. */
  readonly others?: readonly Result[]
  /** The ids of all behaviours in the suite. */
  readonly behaviours: readonly string[]
}

export interface BaselineUpdate {
  readonly result: Result
  /** Messages about new, changed and removed entries, and about missing causes. */
  readonly lines: readonly string[]
  /** Whether any entries were left unchanged because their checks could not be judged. */
  readonly incomplete: boolean
}

/**
 * Creates a store's new baseline from the results of a run. Updates only the entries of checks that ran, removes only
 * the entries of checks that no longer exist, and keeps causes. For a new deviation, proposes the cause of an earlier
 * deviation.
 */
export function updateBaseline(run: Run, previous: PreviousBaselines): BaselineUpdate {
  const { head, checks: ran, loaded } = run
  const { last, others = [], behaviours } = previous
  const ids = new Set(Object.values(loaded).flat())
  const isGone = (id: string) => !ids.has(id) && (behaviourOf(id) in loaded || !behaviours.includes(behaviourOf(id)))
  const lastEntries = Object.entries(last?.checks ?? {})
  const checks = Object.fromEntries(lastEntries.filter(([id]) => !isGone(id)))
  const lines = lastEntries.filter(([id]) => isGone(id)).map(([id]) => `removed: ${id}`)
  const propose = proposer(last ? [last, ...others] : others)
  let incomplete = false

  for (const check of ran) {
    const { id, verdict } = check
    const old = checks[id]
    if (meaningOf(verdict) === 'nothing') {
      lines.push(`not judged: ${id}: ${verdict}`)
      incomplete = true
      continue
    }
    const entry = isAuthoritative(head.store.name) ? checkResult(check, head.store.name) : entryOf(check, old, propose)
    checks[id] = entry
    lines.push(...(fixedIn(check, entry, old) ?? changeOf(id, entry, old)))
  }
  const used = new Set(Object.values(checks).flatMap(({ cause }) => cause || []))
  const causes = Object.assign({}, ...[...others].reverse().map((other) => other.causes), last?.causes)
  const result: Result = {
    format: 2,
    ...head,
    causes: sorted(Object.fromEntries(Object.entries<Result['causes'][string]>(causes).filter(([id]) => used.has(id)))),
    checks: sorted(checks),
    requests: sorted(updatedRequests(run, previous)),
    // The recorded number of buckets is never lowered, because a run of only some files uses fewer buckets than a full
    // run.
    buckets: Math.max(bucketsOf(ran), last?.buckets ?? 0),
  }
  return { result, lines: [...lines, ...todo(result)], incomplete }
}

function entryOf(ran: CheckRun, before: CheckResult | undefined, propose: Propose): CheckResult {
  const { id, deviation, verdict, rounds } = ran
  if (verdict === 'unsupported') return { verdict: 'unsupported' }
  const old = isKnown(before?.verdict) ? before : undefined
  if (rounds) return raceEntryOf(ran, rounds, old, propose)
  if (!deviation) return { verdict: 'holds' }
  const { severity, observed } = deviation
  return { verdict: 'known deviation', severity, observed: [...observed], cause: old?.cause || propose(id, observed) }
}

/**
 * Builds the baseline entry for a race. The entry's counts include the rounds from the last baseline for the same
 * version of the store, so that a rare violation is not forgotten. If this run had no violation in enough rounds to
 * rule out chance, the store must have been fixed, so the verdict is `holds`.
 */
function raceEntryOf(
  { id, deviation }: CheckRun,
  { planned, ...now }: NonNullable<CheckRun['rounds']>,
  old: CheckResult | undefined,
  propose: Propose,
): CheckResult {
  const seen = roundsIn(old)
  const all = seen ? { rounds: seen.rounds + now.rounds, violated: seen.violated + now.violated } : now
  if (!deviation)
    return old && seen && !isReliablyViolated(seen, now.rounds) ? { ...old, ...all } : { verdict: 'holds' }
  const observed = canonical([...deviation.observed, ...(seen ? (old?.observed ?? []) : [])])
  const severity = worst([deviation.severity, ...(seen && old?.severity ? [old.severity] : [])])
  // If only some rounds had violations, the violations depend on the load on the machine. Another run may have none.
  const verdict = all.violated === all.rounds ? 'known deviation' : 'unstable'
  return { verdict, severity, observed, cause: old?.cause || propose(id, observed), ...all }
}

function roundsIn(entry?: CheckResult): Rounds | undefined {
  const { rounds, violated } = entry ?? {}
  return rounds === undefined || violated === undefined ? undefined : { rounds, violated }
}

/** Returns a list with one message if the entry of a check has changed, otherwise an empty list. */
function changeOf(id: string, now: CheckResult, before?: CheckResult): string[] {
  const [is, was] = [now, before].map((entry) => entry?.observed && sentenceOf(entry.observed))
  const from = before?.cause === now.cause ? 'cause' : 'proposed cause'
  const about = now.cause ? ` (${from}: ${now.cause})` : ' (no cause yet)'
  const rate = now.rounds === undefined ? '' : ` in ${now.violated} of ${now.rounds} rounds`
  if (!isKnown(now.verdict)) {
    return isKnown(before?.verdict)
      ? [`${now.verdict === 'holds' ? 'holds now' : now.verdict}: ${id}; previously: ${was}`]
      : []
  }
  if (!isKnown(before?.verdict)) return [`new ${now.verdict}: ${id}: ${is}${rate}${about}`]
  const isEqual = now.verdict === before?.verdict && isSame(now.observed ?? [], before.observed ?? [])
  return isEqual ? [] : [`changed: ${id}: ${is}${rate}; previously: ${was}${about}`]
}

/** Returns a message about a race that has violations in the last baseline but had none in this run. */
function fixedIn({ id, rounds, deviation }: CheckRun, now: CheckResult, old?: CheckResult): string[] | undefined {
  const seen = roundsIn(old)
  if (!seen || !rounds || deviation) return undefined
  const before = `It deviated in ${seen.violated} of ${seen.rounds} earlier rounds.`
  const message = `${id} held in all ${rounds.rounds} rounds. ${before}`
  if (now.verdict === 'holds') return [`fixed: ${message}`]
  return [
    `perhaps fixed: ${message} This may be due to chance, so the entry stays in the baseline. ` +
      'Delete the entry if the store has been fixed.',
  ]
}

/** Returns messages about deviations without a cause, and about causes that are undefined or have no explanation. */
function todo(result: Result): string[] {
  const { withoutCause, undefinedCause, emptyCauses } = missingCauses(result)
  return [
    ...undefinedCause.map(
      (id) => `${id} names the cause ${result.checks[id]?.cause}, which is not defined in “causes”`,
    ),
    ...emptyCauses.map((id) => `the cause ${id} has an empty “why”`),
    ...(withoutCause.length > 0
      ? [`${withoutCause.length} ${withoutCause.length === 1 ? 'deviation has' : 'deviations have'} no cause yet`]
      : []),
  ]
}

type Propose = (id: string, observed: readonly Observation[]) => string

/**
 * Returns a function that proposes a cause for a deviation. It takes the cause from the first of `results` that names
 * one for the check. If none does, it takes the most frequent cause of identical deviations in `results`.
 */
function proposer(results: readonly Result[]): Propose {
  const entries = results.flatMap(({ checks }) => Object.entries(checks)).filter(([, { cause }]) => cause)
  return (id, observed) => {
    const own = entries.find(([other]) => other === id)?.[1].cause
    if (own) return own
    const alike = entries.filter(([, check]) => check.observed && isSame(check.observed, observed))
    const byCause = [...groupBy(alike, ([, { cause = '' }]) => cause)]
    return byCause.sort(([a, some], [b, more]) => more.length - some.length || (a < b ? -1 : 1))[0]?.[0] ?? ''
  }
}

/**
 * Adds the request counts of new behaviours. Updates the count of a behaviour only if all its checks ran and the count
 * has changed significantly, because counts vary slightly from run to run and are used only for an estimate.
 */
function updatedRequests({ checks: ran, loaded }: Run, { last, behaviours }: PreviousBaselines): Result['requests'] {
  const has = new Set(ran.map(({ id }) => id))
  const counts = { ...last?.requests }
  for (const [behaviour, now] of Object.entries(requestsOf(ran))) {
    const before = counts[behaviour]
    const isWhole = loaded[behaviour]?.every((id) => has.has(id))
    if (before === undefined || (isWhole && (now > before * 1.25 || now < before / 2))) counts[behaviour] = now
  }
  return Object.fromEntries(Object.entries(counts).filter(([behaviour]) => behaviours.includes(behaviour)))
}
