import { canonical, isSame, type Observation, type Severity, worst } from '../observation'
import { sentenceOf } from '../sentence'
import { behaviourOf } from './ids'
import { sorted } from './json'
import { type CheckResult, isTruth, type Result, says, wanting } from './result-file'
import { isAlwaysSeen, isSurelySeen } from './rounds'
import { bucketsOf, checkResult, type Ran, type Run, requestsOf } from './run'
import { groupBy } from './summary'
import type { Pin, Rounds } from './verdict'

/** The input of a new baseline, in addition to the run. */
export interface Before {
  /** The last baseline of the same version. Checks that did not run keep their entries. */
  readonly last?: Result
  /** Baselines of other versions of the store, newest first: causes are proposed from them. */
  readonly others?: readonly Result[]
  /** All behaviours of the suite. */
  readonly behaviours: readonly string[]
}

/** A new baseline, and the messages about it. */
export interface Updated {
  readonly result: Result
  /** What is new, changed or gone, and what is left to do. */
  readonly lines: readonly string[]
  /** Whether checks are missing because they have no verdict about the store. */
  readonly incomplete: boolean
}

/**
 * Makes a store's baseline from a run. Updates only checks that ran, and removes only checks that no longer exist. Causes
 * stay. For a new deviation, the cause of an equal one is proposed.
 */
export function updated(run: Run, before: Before): Updated {
  const { head, checks: ran, loaded } = run
  const { last, others = [], behaviours } = before
  const ids = new Set(Object.values(loaded).flat())
  const isGone = (id: string) => !ids.has(id) && (behaviourOf(id) in loaded || !behaviours.includes(behaviourOf(id)))
  const was = Object.entries(last?.checks ?? {})
  const checks = Object.fromEntries(was.filter(([id]) => !isGone(id)))
  const lines = was.filter(([id]) => isGone(id)).map(([id]) => `gone: ${id}`)
  const propose = proposer(last ? [last, ...others] : others)
  let incomplete = false

  for (const check of ran) {
    const { id, verdict } = check
    const old = checks[id]
    if (says(verdict) === 'nothing') {
      lines.push(`not recorded: ${id}: ${verdict}`)
      incomplete = true
      continue
    }
    const entry = isTruth(head.store.name) ? checkResult(check, head.store.name) : entryOf(check, old, propose)
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
    requests: sorted(requestsNow(run, before)),
    // A run of a few files uses fewer.
    buckets: Math.max(bucketsOf(ran), last?.buckets ?? 0),
  }
  return { result, lines: [...lines, ...todo(result)], incomplete }
}

/** The entry for a check. */
function entryOf(ran: Ran, before: CheckResult | undefined, propose: Propose): CheckResult {
  const { id, deviation, verdict, rounds } = ran
  if (verdict === 'unsupported') return { verdict: 'unsupported' }
  const old = isPin(before) ? before : undefined
  if (rounds) return raceEntryOf(ran, rounds, old, propose)
  if (!deviation) return { verdict: 'holds' }
  const { severity, observed } = deviation
  return pin('known deviation', severity, observed, old?.cause || propose(id, observed))
}

/**
 * The entry for a race. The rounds of earlier baselines of the same version are added, so that a rare violation is not
 * forgotten. If so many rounds hold now that it is hardly chance, the store has fixed the race, and the check holds.
 */
function raceEntryOf(
  { id, deviation }: Ran,
  { planned, ...now }: NonNullable<Ran['rounds']>,
  old: CheckResult | undefined,
  propose: Propose,
): CheckResult {
  const seen = roundsIn(old)
  const all = seen ? { rounds: seen.rounds + now.rounds, violated: seen.violated + now.violated } : now
  if (!deviation) return old && seen && !isSurelySeen(seen, now.rounds) ? { ...old, ...all } : { verdict: 'holds' }
  const observed = canonical([...deviation.observed, ...(seen ? (old?.observed ?? []) : [])])
  const severity = worst([deviation.severity, ...(seen && old?.severity ? [old.severity] : [])])
  const verdict = isAlwaysSeen(all) ? 'known deviation' : 'unstable'
  return { ...pin(verdict, severity, observed, old?.cause || propose(id, observed)), ...all }
}

function pin(
  verdict: Pin['verdict'],
  severity: Severity,
  observed: readonly Observation[],
  cause: string,
): CheckResult {
  return { verdict, severity, observed: [...observed], cause }
}

function isPin(entry?: CheckResult): boolean {
  return entry?.verdict === 'known deviation' || entry?.verdict === 'unstable'
}

function roundsIn(entry?: CheckResult): Rounds | undefined {
  const { rounds, violated } = entry ?? {}
  return rounds === undefined || violated === undefined ? undefined : { rounds, violated }
}

/** What changed in an entry, for a person to check. */
function changeOf(id: string, now: CheckResult, before?: CheckResult): string[] {
  const [is, was] = [now, before].map((entry) => entry?.observed && sentenceOf(entry.observed))
  const from = before?.cause === now.cause ? 'cause' : 'proposed cause'
  const about = now.cause ? ` (${from}: ${now.cause})` : ' (no cause yet)'
  const rate = now.rounds === undefined ? '' : ` in ${now.violated} of ${now.rounds} rounds`
  if (!isPin(now))
    return isPin(before) ? [`${now.verdict === 'holds' ? 'holds now' : now.verdict}: ${id}; it was: ${was}`] : []
  if (!isPin(before)) return [`new ${now.verdict}: ${id}: ${is}${rate}${about}`]
  const isEqual = now.verdict === before?.verdict && isSame(now.observed ?? [], before.observed ?? [])
  return isEqual ? [] : [`changed: ${id}: ${is}${rate}; it was: ${was}${about}`]
}

/** The message about a race that was violated in an earlier baseline, and now held in all rounds. */
function fixedIn({ id, rounds, deviation }: Ran, now: CheckResult, before?: CheckResult): string[] | undefined {
  const seen = roundsIn(before)
  if (!seen || !rounds || deviation) return undefined
  const held = `${id} held in all ${rounds.rounds} rounds. Earlier it was violated in ${seen.violated} of ${seen.rounds}.`
  if (now.verdict === 'holds') return [`fixed: ${held}`]
  return [
    `perhaps fixed: ${held} It stays unstable, since this can be chance. If the store is fixed, delete the entry.`,
  ]
}

/** What is left for a person to do. */
function todo(result: Result): string[] {
  const { uncaused, dangling, mute } = wanting(result)
  return [
    ...dangling.map((id) => `${id} names the cause ${result.checks[id]?.cause}, which is not defined under “causes”`),
    ...mute.map((id) => `the cause ${id} has an empty “why”`),
    ...(uncaused.length > 0
      ? [`${uncaused.length} ${uncaused.length === 1 ? 'deviation has' : 'deviations have'} no cause yet`]
      : []),
  ]
}

type Propose = (id: string, observed: readonly Observation[]) => string

/** Proposes a cause for a deviation: that of the same check in another baseline, or that of an equal deviation. */
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
 * Updates the number of requests of behaviours whose checks all ran, if it changed much: checks that wait and races send
 * more requests in one run than in another, and the numbers are only used for an estimate.
 */
function requestsNow({ checks: ran, loaded }: Omit<Run, 'head'>, { last, behaviours }: Before): Result['requests'] {
  const has = new Set(ran.map(({ id }) => id))
  const counts = { ...last?.requests }
  for (const [behaviour, now] of Object.entries(requestsOf(ran))) {
    const before = counts[behaviour]
    const isWhole = loaded[behaviour]?.every((id) => has.has(id))
    if (before === undefined || (isWhole && (now > before * 1.25 || now < before / 2))) counts[behaviour] = now
  }
  return Object.fromEntries(Object.entries(counts).filter(([behaviour]) => behaviours.includes(behaviour)))
}
