import { SEVERITIES, type Severity } from '../observation'
import { plural, sentenceOf } from '../sentence'
import { calledAs } from '../stores/stores'
import { behaviourOf } from '../verdicts/ids'
import type { Kept } from '../verdicts/promises'
import type { CheckResult, Result } from '../verdicts/result-file'
import type { Ran } from '../verdicts/run'
import { groupBy, type Standing, type Summary, summaryOf } from '../verdicts/summary'
import { EXPECTED, VERDICTS, type Verdict } from '../verdicts/verdict'
import { cut } from './groups'
import { fixLines, promiseLines, WIDTH } from './unknown'

/** The input of a run's last lines, in addition to its result. */
export interface End {
  /** The promises that the checks of the run belong to. */
  readonly promises?: readonly Kept[]
  /** All behaviours of the suite. */
  readonly behaviours?: readonly string[]
  /** What a store at an endpoint calls itself. */
  readonly server?: string
  /** How to read on: where the results are, and how to keep what the store does as known. */
  readonly hints?: readonly string[]
  /** Tests of the suite itself that failed in the same run. */
  readonly suiteFailures?: number
  /** Errors that Vitest caught outside of any test. */
  readonly errors?: number
  /** Whether every known deviation is listed. */
  readonly list?: boolean
  /** Whether all other failures are listed, too, without a limit. */
  readonly all?: boolean
  /** The checks that ran, for groups of deviations. */
  readonly ran?: readonly Ran[]
}

/** A sign for each severity, as the pages have it, too. */
export const SIGNS: Readonly<Record<Severity, string>> = { data: '‼', status: '✗', detail: '≈' }

/** The verdicts that fail a run and are about the store. */
const UNEXPECTED: readonly Verdict[] = ['changed deviation', 'no longer deviates', 'deviation']
/** The other verdicts that fail a run: not about the store, or about Amazon S3. Each is counted by itself. */
const OTHERS = VERDICTS.filter((verdict) => ![...EXPECTED, ...UNEXPECTED].includes(verdict))

/**
 * The last lines of a run: checks by verdict, what the store protects, causes, the names of failed checks, and what to fix
 * first. Without a baseline they fit a screen.
 */
export function closingLines(
  result: Result,
  {
    suiteFailures = 0,
    errors = 0,
    list = false,
    all = false,
    ran = [],
    promises = [],
    behaviours = [],
    hints = [],
    server,
  }: End = {},
): string[] {
  const { store, checks, causes } = result
  const summary = summaryOf(result)
  const title = `${calledAs(store)} (${[store.how, store.region !== store.version && store.region].filter(Boolean).join(', ')})`
  const linesOf = (verdict: Verdict) =>
    Object.entries(checks)
      .filter(([, check]) => check.verdict === verdict)
      .map(([id, check]) =>
        [`${verdict}: ${id}`, seenIn(check), causes[check.cause ?? '']?.why].filter(Boolean).join(': '),
      )
  const { unreachable } = summary.verdicts
  const isNew = !all && summary.verdicts.deviation > FEW
  const counts = isNew
    ? [inShort(server || (store.name === 'unknown' ? 'Unnamed store' : calledAs(store)), summary)]
    : [`${title}: ${behavioursBy(summary)}`, `${title}: ${checksBy(summary)}`, ...bySeverity(summary)]
  const inGroups: readonly Verdict[] = isNew ? ['deviation', 'setup failure', 'no response'] : []
  const named = VERDICTS.filter(
    (verdict) => !EXPECTED.includes(verdict) && verdict !== 'unreachable' && !inGroups.includes(verdict),
  ).flatMap((verdict) => {
    const lines = linesOf(verdict)
    return all || lines.length <= FEW ? lines : [...lines.slice(0, FEW), more(lines.length - FEW, verdict)]
  })
  const before = [
    ...(list ? linesOf('known deviation') : []),
    ...counts,
    ...promiseLines(promises),
    ...causesOf(summary, list),
    ...(list ? linesOf('unstable') : unstable(checks)),
    ...named,
  ]
  const after = [
    ...(unreachable > 0
      ? [`${title} stopped responding, so the run stopped. ${plural(unreachable, 'check')} could not run.`]
      : []),
    ...redLines(suiteFailures, errors),
    ...hints,
  ]
  const room = Math.max(SCREEN - before.length - after.length, FEW)
  return [...before, ...(isNew ? fixLines(ran, behaviours, room) : []), ...after]
}

/** How many checks hold, deviate and could not run, in one line of the screen. */
function inShort(name: string, { checks, verdicts: by }: Summary): string {
  const differ = UNEXPECTED.reduce((sum, verdict) => sum + by[verdict], by['known deviation'])
  const ran = `${by.holds} of ${checks - by.unsupported} checks hold, ${differ} deviate`
  const counts = `: ${ran}; ${by.unsupported} could not run`
  return `${cut(name, WIDTH - counts.length)}${counts}`
}

/** The lines of a screen, without the one that a shell adds. */
const SCREEN = 25

/** How many lines about one verdict fit a screen. */
const FEW = 5

function seenIn({ observed, violated, rounds }: CheckResult): string {
  const rate = rounds === undefined ? '' : `in ${violated} of ${rounds} rounds`
  return [observed && sentenceOf(observed), rate].filter(Boolean).join(', ')
}

function more(count: number, verdict: Verdict): string {
  return `${verdict}: ${plural(count, 'more check')}. S3_DEVIATIONS=all shows all.`
}

/** The unstable checks by behaviour: how many there are, and how many violated in this run. */
function unstable(checks: Result['checks']): string[] {
  const some = Object.entries(checks).filter(([, { verdict }]) => verdict === 'unstable')
  return [...groupBy(some, ([id]) => behaviourOf(id))].map(([behaviour, own]) => {
    const violated = own.filter(([, check]) => (check.violated ?? 0) > 0).length
    return `  unstable: ${behaviour}: ${plural(own.length, 'check')}, ${violated} of them violated in this run`
  })
}

function behavioursBy({ behaviours: { all, ...standings } }: Summary): string {
  const words: Record<Standing, string> = {
    holds: 'hold',
    partly: 'hold partly',
    deviates: 'deviate',
    unsupported: 'unsupported',
    'not known': 'not known',
  }
  const isAlwaysSaid = (standing: Standing) => standing !== 'unsupported' && standing !== 'not known'
  const counts = (Object.keys(words) as Standing[])
    .filter((standing) => standings[standing] > 0 || isAlwaysSaid(standing))
    .map((standing) => `${standings[standing]} ${words[standing]}`)
  return `${plural(all, 'behaviour')}: ${counts.join(', ')}`
}

function checksBy({ checks, verdicts: by, unstable }: Summary): string {
  const unexpected = UNEXPECTED.reduce((sum, verdict) => sum + by[verdict], 0)
  return [
    `${plural(checks, 'check')}: ${by.holds} hold`,
    `${by['known deviation']} known deviations`,
    ...(unstable.all > 0 ? [`${unstable.all} unstable (${unstable.violated} violated in this run)`] : []),
    `${by.unsupported} unsupported`,
    `${unexpected} unexpected`,
    ...OTHERS.filter((verdict) => by[verdict] > 0).map((verdict) => `${by[verdict]} ${verdict}`),
  ].join(', ')
}

function bySeverity({ severities }: Summary): string[] {
  const counts = SEVERITIES.filter((severity) => severities[severity] > 0).map(
    (severity) => `${SIGNS[severity]} ${severities[severity]} ${severity}`,
  )
  return counts.length > 0 ? [`Severities of all deviations but the unstable ones: ${counts.join(', ')}`] : []
}

/**
 * Known deviations as GitHub shows them: one notice for each cause, at the spec of its first check. Vitest's own reporter
 * would need a place in a test's file, and would show each check.
 */
export function githubNotices({ store, checks, causes }: Pick<Result, 'store' | 'checks' | 'causes'>): string[] {
  return Object.entries(causes).flatMap(([id, { why }]) => {
    const ids = Object.keys(checks).filter((check) => checks[check]?.cause === id)
    const [first] = ids
    const place = first && `file=specs/${behaviourOf(first)}.spec.ts,line=1,title=Known deviation of ${calledAs(store)}`
    return place ? `::notice ${place}::${plural(ids.length, 'check')}: ${why}` : []
  })
}

/** How many causes are shown, unless all known deviations are: the closing lines fit one screen. */
const MOST = 12

function causesOf({ causes }: Summary, list: boolean): string[] {
  const named = list ? causes : causes.slice(0, MOST)
  const rest = causes.slice(named.length)
  const checks = rest.reduce((sum, { checks: count }) => sum + count, 0)
  return [
    ...(causes.length > 0 ? ['Causes of the known and the unstable deviations:'] : []),
    ...named.map(({ checks: count, why, link }) => `  ${count} × ${[why, link].filter(Boolean).join(', ')}`),
    ...(rest.length > 0
      ? [`  ${plural(rest.length, 'other cause')}: ${plural(checks, 'check')}. S3_DEVIATIONS=list shows all.`]
      : []),
  ]
}

/** What fails a run although it is not about the store. */
export function redLines(suiteFailures: number, errors: number): string[] {
  return [
    ...(suiteFailures > 0 ? [`red: ${plural(suiteFailures, 'test')} of the suite itself failed`] : []),
    ...(errors > 0 ? [`red: ${plural(errors, 'error')} outside of any test`] : []),
  ]
}

/** The requests for each bucket, in addition to those of the tests: create, versioning, listings, delete. */
const REQUESTS_A_BUCKET = 5

/** About how many requests the checks of behaviours send: the most that a baseline has counted. */
export function requestsOfARun(baselines: readonly Result[], behaviours?: readonly string[]): number {
  const ids = behaviours ?? [...new Set(baselines.flatMap((baseline) => Object.keys(baseline.requests)))]
  const requests = ids.map((id) => Math.max(0, ...baselines.map((baseline) => baseline.requests[id] ?? 0)))
  return requests.reduce((total, count) => total + count, 0)
}

/** An estimate of the buckets and requests of a run on Amazon S3, from the numbers in baselines. */
export function estimate(behaviours: readonly string[], baselines: readonly Result[]): string {
  const buckets = Math.max(0, ...baselines.map((baseline) => baseline.buckets))
  const sum = requestsOfARun(baselines, behaviours) + REQUESTS_A_BUCKET * buckets
  return `This run creates at most ${plural(buckets, 'bucket')}, sends about ${plural(sum, 'request')}, and removes everything it creates.`
}
