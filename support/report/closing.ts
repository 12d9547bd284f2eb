import { SEVERITIES, type Severity } from '../observation'
import { plural, sentenceOf } from '../sentence'
import { calledAs } from '../stores/stores'
import { behaviourOf } from '../verdicts/ids'
import type { PromiseResult, PromiseStatus } from '../verdicts/promises'
import type { CheckResult, Result } from '../verdicts/result-file'
import type { CheckRun } from '../verdicts/run'
import { type BehaviourStatus, groupBy, type Summary, summaryOf } from '../verdicts/summary'
import { EXPECTED, VERDICTS, type Verdict } from '../verdicts/verdict'
import { cut, fixLines, WIDTH } from './fix-first'

export interface ClosingInput {
  readonly promises?: readonly PromiseResult[]
  /** The ids of all behaviours in the suite, including those whose checks did not run. */
  readonly behaviours?: readonly string[]
  /** The `Server` header in the responses of an unknown store. The summary uses it as the store's name. */
  readonly server?: string
  readonly hints?: readonly string[]
  /** The number of the suite's self-tests that failed in the same run. */
  readonly suiteFailures?: number
  /** The number of errors that Vitest caught outside of any test. */
  readonly errors?: number
  /** The value of S3_DEVIATIONS: `list` lists every known deviation, and `all` also lists every other failure. */
  readonly show?: 'list' | 'all'
  /** The checks that ran. If the store has no baseline, the summary groups their deviations. */
  readonly ran?: readonly CheckRun[]
}

/** The symbol for each severity, as shown in the summary at the end of a run and on the generated pages. */
export const SIGNS: Readonly<Record<Severity, string>> = { data: '‼', status: '✗', detail: '≈' }

/** The verdicts that make a run fail because the store does not behave as recorded in its baseline. */
const UNEXPECTED: readonly Verdict[] = ['changed deviation', 'no longer deviates', 'deviation']
/**
 * The other verdicts that make a run fail, such as `setup failure`. They do not mean that the store deviates from
 * Amazon S3, so the summary shows a separate count for each.
 */
const OTHERS = VERDICTS.filter((verdict) => ![...EXPECTED, ...UNEXPECTED].includes(verdict))

/** The number of lines that fit on a screen above the shell's prompt. */
const SCREEN = 25
/** The maximum number of checks listed for each verdict, unless S3_DEVIATIONS is `all`. */
const FEW = 5
/** The maximum number of causes listed, unless S3_DEVIATIONS is set. */
const MOST_CAUSES = 12

/**
 * Returns the summary at the end of a run: the number of checks with each verdict, whether the store keeps each
 * promise, the causes of deviations, the ids of failed checks, and what to fix first. For a store without a baseline,
 * the summary fits on one screen.
 */
export function closingLines(
  result: Result,
  {
    suiteFailures = 0,
    errors = 0,
    show,
    ran = [],
    promises = [],
    behaviours = [],
    hints = [],
    server,
  }: ClosingInput = {},
): string[] {
  const { store, checks } = result
  const summary = summaryOf(result)
  const { unreachable, deviation } = summary.verdicts
  const how = [store.how, store.region !== store.version && store.region].filter(Boolean).join(', ')
  const title = `${calledAs(store)} (${how})`
  const isNew = show !== 'all' && deviation > FEW
  const grouped: readonly Verdict[] = isNew ? ['deviation', 'setup failure', 'no response'] : []
  const before = [
    ...(show ? linesAbout(result, 'known deviation') : []),
    ...(isNew
      ? [shortCounts(server || (store.name === 'unknown' ? 'Unnamed store' : calledAs(store)), summary)]
      : [`${title}: ${behaviourCounts(summary)}`, `${title}: ${checkCounts(summary)}`, ...severityCounts(summary)]),
    ...promiseLines(promises),
    ...causeLines(summary, show !== undefined),
    ...(show ? linesAbout(result, 'unstable') : unstableLines(checks)),
    ...VERDICTS.filter((verdict) => ![...EXPECTED, ...grouped, 'unreachable'].includes(verdict)).flatMap((verdict) => {
      const lines = linesAbout(result, verdict)
      return show === 'all' || lines.length <= FEW ? lines : [...lines.slice(0, FEW), more(lines.length - FEW, verdict)]
    }),
  ]
  const after = [
    ...(unreachable > 0
      ? [`${title} stopped responding, so the run stopped. ${plural(unreachable, 'check')} could not run.`]
      : []),
    ...otherFailures(suiteFailures, errors),
    ...hints,
  ]
  const room = Math.max(SCREEN - before.length - after.length, FEW)
  return [...before, ...(isNew ? fixLines(ran, behaviours, room) : []), ...after]
}

/** Returns one line for each check with this verdict: the check's id, the observed behaviour, and the cause. */
function linesAbout({ checks, causes }: Result, verdict: Verdict): string[] {
  return Object.entries(checks)
    .filter(([, check]) => check.verdict === verdict)
    .map(([id, check]) =>
      [`${verdict}: ${id}`, seenIn(check), causes[check.cause ?? '']?.why].filter(Boolean).join(': '),
    )
}

function seenIn({ observed, violated, rounds }: CheckResult): string {
  const rate = rounds === undefined ? '' : `in ${violated} of ${rounds} rounds`
  return [observed && sentenceOf(observed), rate].filter(Boolean).join(', ')
}

function more(count: number, verdict: Verdict): string {
  return `${verdict}: ${plural(count, 'more check')}. Set S3_DEVIATIONS=all to list them all.`
}

/** Returns one line for a store without a baseline: how many checks hold, deviate, and could not run. */
function shortCounts(name: string, { checks, verdicts }: Summary): string {
  const deviate = unexpected(verdicts) + verdicts['known deviation']
  const ran = `${verdicts.holds} of ${checks - verdicts.unsupported} checks hold, ${deviate} deviate`
  const counts = `: ${ran}; ${verdicts.unsupported} could not run`
  return `${cut(name, WIDTH - counts.length)}${counts}`
}

const unexpected = (verdicts: Summary['verdicts']) => UNEXPECTED.reduce((sum, verdict) => sum + verdicts[verdict], 0)

function behaviourCounts({ behaviours: { all, ...counts } }: Summary): string {
  const words: Record<BehaviourStatus, string> = {
    holds: 'hold',
    partly: 'partly hold',
    deviates: 'deviate',
    unsupported: 'unsupported',
    unknown: 'unknown',
  }
  const shown = (Object.keys(words) as BehaviourStatus[]).filter(
    (status) => counts[status] > 0 || (status !== 'unsupported' && status !== 'unknown'),
  )
  return `${plural(all, 'behaviour')}: ${shown.map((status) => `${counts[status]} ${words[status]}`).join(', ')}`
}

function checkCounts({ checks, verdicts, unstable }: Summary): string {
  return [
    `${plural(checks, 'check')}: ${verdicts.holds} hold`,
    plural(verdicts['known deviation'], 'known deviation'),
    ...(unstable.all > 0 ? [`${unstable.all} unstable (${unstable.violated} deviated in this run)`] : []),
    `${verdicts.unsupported} unsupported`,
    `${unexpected(verdicts)} unexpected`,
    ...OTHERS.filter((verdict) => verdicts[verdict] > 0).map((verdict) => `${verdicts[verdict]} ${verdict}`),
  ].join(', ')
}

/** Returns a line such as `12 known deviations: 4 data, 6 status, 2 detail`. Unstable checks are not counted. */
function severityCounts({ severities, verdicts }: Summary): string[] {
  const shown = SEVERITIES.filter((severity) => severities[severity] > 0)
  if (shown.length === 0) return []
  const sum = shown.reduce((total, severity) => total + severities[severity], 0)
  const noun = sum === verdicts['known deviation'] ? 'known deviation' : 'deviation'
  return [`${plural(sum, noun)}: ${shown.map((severity) => `${severities[severity]} ${severity}`).join(', ')}`]
}

const PROMISE_STATUS: Readonly<Record<PromiseStatus, string>> = {
  kept: 'yes',
  broken: '‼ NO',
  other: '✗ deviates, no data loss',
  partly: 'yes *',
  'not tried': 'not tried',
}

/** Returns a table with one row per promise, showing whether the store keeps it. */
export function promiseLines(promises: readonly PromiseResult[]): string[] {
  if (promises.length === 0) return []
  const row = (name: string, alone: string, race = '') => `${name.padEnd(24)}${alone.padEnd(26)}${race}`.trimEnd()
  return [
    row('Is data protected?', 'with one client', 'with concurrent clients'),
    ...promises.map(({ promise, alone, race, rate }) => {
      const violated = race === 'broken' && rate ? ` (${rate})` : ''
      return row(`  ${promise}`, PROMISE_STATUS[alone], race && `${PROMISE_STATUS[race]}${violated}`)
    }),
    ...(promises.some(({ alone, race }) => alone === 'partly' || race === 'partly')
      ? ['  * Some of the checks did not run.']
      : []),
  ]
}

function causeLines({ causes }: Summary, all: boolean): string[] {
  const named = all ? causes : causes.slice(0, MOST_CAUSES)
  const rest = causes.slice(named.length)
  const checks = rest.reduce((sum, cause) => sum + cause.checks, 0)
  return [
    ...(causes.length > 0 ? ['Causes of known and unstable deviations:'] : []),
    ...named.map(({ checks: count, why, link }) => `  ${count} × ${[why, link].filter(Boolean).join(', ')}`),
    ...(rest.length > 0
      ? [
          `  ${plural(rest.length, 'other cause')}: ${plural(checks, 'check')}. Set S3_DEVIATIONS=list to list every cause.`,
        ]
      : []),
  ]
}

/**
 * Returns one line for each behaviour that has unstable checks. The line states how many checks are unstable, and how
 * many of them deviated in this run.
 */
function unstableLines(checks: Result['checks']): string[] {
  const unstable = Object.entries(checks).filter(([, { verdict }]) => verdict === 'unstable')
  return [...groupBy(unstable, ([id]) => behaviourOf(id))].map(([behaviour, own]) => {
    const violated = own.filter(([, check]) => (check.violated ?? 0) > 0).length
    return `  unstable: ${behaviour}: ${plural(own.length, 'check')}, of which ${violated} deviated in this run`
  })
}

/**
 * Returns lines about failures that are not caused by the store: failed self-tests of the suite, and errors outside of
 * any test.
 */
export function otherFailures(suiteFailures: number, errors: number): string[] {
  return [
    ...(suiteFailures > 0 ? [`${plural(suiteFailures, 'self-test')} of the suite failed`] : []),
    ...(errors > 0 ? [`${plural(errors, 'error')} outside of any test`] : []),
  ]
}
