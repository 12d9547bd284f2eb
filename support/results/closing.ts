import type { Level, Verdict } from '../judge/verdict'
import { calledAs } from '../stores/stores'
import { differences } from './differences'
import { type Result, says, verdicts } from './format'
import { behaviourOf } from './ids'
import type { Ran } from './run'
import { type Standing, type Summary, summaryOf } from './summary'

/** What a run's last lines are made from, beside its result. */
export interface End {
  /** Tests of the suite itself that failed in the same run, and errors outside of any test. */
  readonly suiteFailures?: number
  /** Whether every known deviation is listed. */
  readonly list?: boolean
  /** Whether everything else that is red is, too, however much it is. */
  readonly all?: boolean
  /** What ran, for what differs to be grouped. */
  readonly ran?: readonly Ran[]
}

/** A sign for each level, as the pages have it, too. */
export const SIGNS: Readonly<Record<Level, string>> = { data: '‼', answer: '✗', detail: '≈' }

/** The verdicts that are red and about the store; the others are counted one by one. */
const UNEXPECTED: readonly Verdict[] = ['changed deviation', 'no longer deviates', 'deviation']
const EXPECTED: readonly Verdict[] = ['holds', 'known deviation', 'not applicable']

/** The last lines of a run: behaviours, checks by verdict and level, causes, and all that is red by name. */
export function closingLines(
  result: Result,
  { suiteFailures = 0, list = false, all = false, ran = [] }: End = {},
): string[] {
  const { store, checks, causes } = result
  const summary = summaryOf(result)
  const title = `${calledAs(store)} (${[store.how, store.region !== store.version && store.region].filter(Boolean).join(', ')})`
  const said = (verdict: Verdict) =>
    Object.entries(checks).flatMap(([id, { verdict: is, observed, cause = '' }]) => {
      const why = verdict === 'known deviation' ? causes[cause]?.why : undefined
      const seen = [observed ?? []].flat().join('; or: ')
      return is === verdict ? [[`${verdict}: ${id}`, seen, why].filter(Boolean).join(': ')] : []
    })
  const unreachable = summary.verdicts.unreachable
  return [
    ...(list ? said('known deviation') : []),
    `${title}: ${behaviours(summary)}`,
    `${title}: ${checksBy(summary)}`,
    ...causesOf(summary, list),
    ...verdicts
      .filter((verdict) => !EXPECTED.includes(verdict) && verdict !== 'unreachable')
      .flatMap((verdict) => {
        const lines = said(verdict)
        if (all || lines.length <= FEW) return lines
        return verdict === 'deviation' ? grouped(ran) : [...lines.slice(0, FEW), more(lines.length - FEW, verdict)]
      }),
    ...(unreachable > 0
      ? [
          `${title} stopped answering: the run was ended; ${plural(unreachable, 'check')} ${has(unreachable)} no verdict.`,
        ]
      : []),
    ...redLine(suiteFailures),
  ]
}

/** How many lines about one verdict fit a screen. */
const FEW = 10

function more(count: number, verdict: Verdict): string {
  return `${verdict}: ${plural(count, 'more check')}; S3_DEVIATIONS=all lists each`
}

/** Deviations that nobody has written down: how many differ in the same way, most frequent first, and one of them. */
function grouped(ran: readonly Ran[]): string[] {
  const groups = differences(ran.filter(({ verdict }) => verdict === 'deviation'))
  const shown = groups.slice(0, FEW)
  const rest = groups.slice(FEW).flatMap(({ checks }) => checks)
  return [
    `Nothing is written down of ${plural(groups.flatMap(({ checks }) => checks).length, 'deviation')}; the most frequent first:`,
    ...shown.flatMap(({ said, level, checks }) => [
      `  ${checks.length} × ${SIGNS[level]} ${cut(said)}`,
      `      e.g. ${checks[0]?.id}`,
    ]),
    ...(rest.length > 0
      ? [`  ${rest.length} more, in ${groups.length - FEW} groups; S3_DEVIATIONS=all lists each`]
      : []),
  ]
}

/** What fits a line. */
function cut(text: string): string {
  return text.length > 110 ? `${text.slice(0, 109)}…` : text
}

function behaviours({ behaviours: { all, ...standings } }: Summary): string {
  const words: Record<Standing, string> = {
    holds: 'hold',
    partly: 'hold partly',
    deviates: 'deviate',
    'not applicable': 'not applicable',
    'not known': 'not known',
  }
  const counts = (Object.keys(words) as Standing[]).filter(
    (standing) => standings[standing] > 0 || !standing.startsWith('not'),
  )
  return `${plural(all, 'behaviour')}: ${counts.map((standing) => `${standings[standing]} ${words[standing]}`).join(', ')}`
}

function checksBy({ checks, verdicts: by, levels }: Summary): string {
  const rated = (Object.keys(SIGNS) as Level[]).filter((level) => levels[level] > 0)
  const byLevel = rated.map((level) => `${SIGNS[level]} ${levels[level]} ${level}`)
  const unexpected = UNEXPECTED.reduce((sum, verdict) => sum + by[verdict], 0)
  const others = verdicts.filter((verdict) => ![...EXPECTED, ...UNEXPECTED].includes(verdict) && by[verdict] > 0)
  return [
    `${plural(checks, 'check')}: ${by.holds} hold`,
    `${by['known deviation']} known deviations`,
    `${by['not applicable']} not applicable`,
    `${unexpected} unexpected`,
    ...others.map((verdict) => `${by[verdict]} ${says(verdict) === 'differs' ? 'contradict the reference' : verdict}`),
  ]
    .join(', ')
    .concat(byLevel.length > 0 ? `; of those that differ ${byLevel.join(', ')}` : '')
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

/** How many causes are named, unless all known deviations are listed: the closing lines fit one screen. */
const MOST = 12

function causesOf({ causes }: Summary, list: boolean): string[] {
  const named = list ? causes : causes.slice(0, MOST)
  const rest = causes.slice(named.length)
  const checks = rest.reduce((sum, { checks: count }) => sum + count, 0)
  return [
    ...named.map(({ checks: count, why, link }) => `  ${count} × ${[why, link].filter(Boolean).join(', ')}`),
    ...(rest.length > 0 ? [`  ${checks} × ${plural(rest.length, 'other cause')}; S3_DEVIATIONS=list names them`] : []),
  ]
}

/** What is red although it says nothing about the store. */
export function redLine(suiteFailures: number): string[] {
  return suiteFailures > 0 ? [`red: ${plural(suiteFailures, 'test')} of the suite itself failed`] : []
}

/** Creating, versioning, listing versions and uploads, deleting: what a bucket itself takes, beside the tests. */
const REQUESTS_A_BUCKET = 5

/** About how much a run on Amazon S3 will cost, from what recordings counted. */
export function estimate(behaviours: readonly string[], recordings: readonly Result[]): string {
  const most = (counts: readonly number[]) => Math.max(0, ...counts)
  const buckets = most(recordings.map((recording) => recording.buckets))
  const requests = behaviours.map((id) => most(recordings.map((recording) => recording.requests[id] ?? 0)))
  const sum = requests.reduce((total, count) => total + count, REQUESTS_A_BUCKET * buckets)
  return `This run makes at most ${buckets} buckets and about ${sum} requests, and removes all it has made.`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function has(count: number): string {
  return count === 1 ? 'has' : 'have'
}
