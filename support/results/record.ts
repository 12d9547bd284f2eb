import { type CheckResult, isTruth, type Result, says, wanting } from './format'
import { behaviourOf } from './ids'
import { sorted } from './json'
import { bucketsOf, checkResult, type Ran, type Run, requestsOf } from './run'
import { groupBy } from './summary'

/** What a recording is made from, beside the run. */
export interface Before {
  /** The last recording of the same version; what did not run stays as it is there. */
  readonly last?: Result
  /** Recordings of other versions of the store, newest first: causes are proposed from them. */
  readonly others?: readonly Result[]
  /** The behaviours that there are. */
  readonly behaviours: readonly string[]
}

/** A recording, and what there is to say about it. */
export interface Recording {
  readonly result: Result
  /** What is new, changed or gone, and what a person has still to do. */
  readonly lines: readonly string[]
  /** Whether something could not be recorded that ought to be. */
  readonly incomplete: boolean
}

/**
 * Makes a store's recording from a run. Only what ran is changed, and a check is dropped only when it is no longer in
 * its spec. Causes stay; where an observation is new, or another one, that of an equal observation is proposed.
 */
export function record(run: Run, before: Before): Recording {
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
    const { id, verdict, observed, bare } = check
    const old = checks[id]
    // A store of this machine that never answers a request does differ; the runner has asked it again and again.
    const isSilent = verdict === 'no answer' && observed !== undefined && !isTruth(head.store.name)
    if (says(verdict) === 'nothing' && !isSilent) {
      lines.push(`not recorded: ${id}: ${verdict}`)
      incomplete = true
    } else if (bare && observed !== undefined) {
      lines.push(`cannot be recorded: ${id}: a bare assertion failed; use a matcher: ${observed}`)
      incomplete = true
    } else {
      const entry = isTruth(head.store.name) ? checkResult(check, head.store.name) : entryOf(check, old, propose)
      checks[id] = entry
      lines.push(...changeOf(id, entry, old))
    }
  }
  const used = new Set(Object.values(checks).flatMap(({ cause }) => cause || []))
  const causes = Object.assign({}, ...[...others].reverse().map((other) => other.causes), last?.causes)
  const result: Result = {
    format: 1,
    ...head,
    causes: sorted(Object.fromEntries(Object.entries<Result['causes'][string]>(causes).filter(([id]) => used.has(id)))),
    checks: sorted(checks),
    requests: sorted(requestsNow(run, before)),
    // A recording of a few files counts fewer.
    buckets: Math.max(bucketsOf(ran), last?.buckets ?? 0),
  }
  return { result, lines: [...lines, ...todo(result)], incomplete }
}

/** What is written down for a check of a store that is not the truth. */
function entryOf(check: Ran, before: CheckResult | undefined, propose: Propose): CheckResult {
  const { id, observed, verdict } = check
  if (says(verdict) === 'does not apply') return { verdict }
  const seen = observed ?? 'holds'
  const known = before?.verdict === 'known deviation' ? before : undefined
  const pinned = [known?.observed ?? []].flat()
  if (pinned.includes(seen)) {
    const level = pinned.length > 1 ? (known?.level ?? check.level) : (check.level ?? known?.level)
    return { ...deviation(level, known?.observed ?? seen), cause: known?.cause || propose(id, seen) }
  }
  if (seen === 'holds') return { verdict: 'holds' }
  // Who has written a list has seen that the store is not always of one mind.
  const now = pinned.length > 1 ? [...pinned, seen] : seen
  return { ...deviation(check.level, now), cause: known?.cause || propose(id, seen) }
}

function deviation(level: CheckResult['level'], observed: string | string[]): CheckResult {
  return { verdict: 'known deviation', ...(level && { level }), observed }
}

/** What a reader of the recording has to look at. */
function changeOf(id: string, now: CheckResult, before?: CheckResult): string[] {
  const [seen, was] = [now, before].map((check) => [check?.observed ?? []].flat().join('; or: '))
  const about = now.cause === undefined ? '' : now.cause ? ` (proposed cause: ${now.cause})` : ' (no cause yet)'
  if (says(now.verdict) === 'differs') {
    if (!was) return [`new: ${id}: ${seen}${about}`]
    return was === seen ? [] : [`changed: ${id}: ${seen}; it was: ${was}${about}`]
  }
  return was ? [`${now.verdict === 'holds' ? 'holds now' : now.verdict}: ${id}; it was: ${was}`] : []
}

/** What a person has still to do; the deviations themselves have been listed when they were new. */
function todo(result: Result): string[] {
  const all = wanting(result)
  const others = all.filter((one) => !one.endsWith('lacks its cause'))
  const count = all.length - others.length
  return [...others, ...(count > 0 ? [`without a cause: ${count}; npm test is red until they have one`] : [])]
}

type Propose = (id: string, observed: string) => string

/** Finds the cause of a deviation that has none: the one it has elsewhere, or that of equal observations. */
function proposer(results: readonly Result[]): Propose {
  const entries = results.flatMap(({ checks }) => Object.entries(checks)).filter(([, { cause }]) => cause)
  return (id, observed) => {
    const own = entries.find(([other]) => other === id)?.[1].cause
    if (own) return own
    const alike = entries.filter(([, check]) => [check.observed].flat().includes(observed))
    const byCause = [...groupBy(alike, ([, { cause = '' }]) => cause)]
    return byCause.sort(([a, some], [b, more]) => more.length - some.length || (a < b ? -1 : 1))[0]?.[0] ?? ''
  }
}

/**
 * Counts of behaviours that ran as a whole; of others that of before. Those that wait for something send more requests
 * in one run than in another, and an estimate is all that they are for.
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
