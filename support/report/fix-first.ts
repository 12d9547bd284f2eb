import type { Severity } from '../observation'
import { plural } from '../sentence'
import { behaviourOf } from '../verdicts/ids'
import type { CheckRun } from '../verdicts/run'
import { groupBy } from '../verdicts/summary'
import { type Group, groupsOf } from './groups'

/** The maximum width of a line, in characters. */
export const WIDTH = 80

const HEADINGS: Readonly<Record<Severity, string>> = {
  data: '‼ a client can lose data or be misinformed about it',
  status: '✗ the status differs from that of Amazon S3',
  detail: '≈ right status, wrong detail',
}

const SHOW_ALL = 'S3_DEVIATIONS=all npm test'

/** Verdicts for failures that the suite itself may have caused, and that therefore say nothing about the store. */
const UNJUDGED = ['setup failure', 'no response'] as const

/**
 * Lists what to fix first: one line per group of deviations, sorted by severity and then by the number of checks. Each
 * line ends with the name of the spec file that contains the most checks in the group.
 * @param behaviours all behaviours in the suite, needed to shorten file names unambiguously
 * @param room the maximum number of lines, including headings
 */
export function fixLines(ran: readonly CheckRun[], behaviours: readonly string[], room: number): string[] {
  const groups = groupsOf(ran.filter(({ verdict }) => verdict === 'deviation'))
  // The groups are sorted by severity. `groupBy` preserves this order, so the sections are sorted by severity as well.
  const sections = [...groupBy(groups, ({ severity }) => severity)]
  const unjudged = UNJUDGED.map((verdict) => [verdict, ran.filter((one) => one.verdict === verdict)] as const).filter(
    ([, checks]) => checks.length > 0,
  )
  const shares = share(
    sections.map(([, some]) => some.length),
    room - sections.length - unjudged.length - 1,
  )
  const hidden = sections.flatMap(([, some], n) => some.slice(shares[n]))
  return [
    ...sections.flatMap(([severity, some], n) => [
      `${HEADINGS[severity]}: ${plural(checksIn(some), 'check')}`,
      ...some.slice(0, shares[n]).map(({ sentence, checks }) => lineOf(sentence, checks, behaviours)),
    ]),
    ...unjudged.map(([verdict, checks]) => lineOf(`${verdict}, not counted as a deviation`, checks, behaviours)),
    ...(hidden.length > 0
      ? [
          `${plural(checksIn(hidden), 'more check')} in ${plural(hidden.length, 'more group')}. To list them all: ${SHOW_ALL}`,
        ]
      : []),
  ]
}

/**
 * Divides the lines among the severities, which are sorted worst first. Each severity gets as many lines as it needs,
 * but leaves up to two lines for each severity after it.
 */
function share(wanted: readonly number[], room: number): number[] {
  const shares: number[] = []
  for (const [n, count] of wanted.entries()) {
    const left = room - shares.reduce((sum, one) => sum + one, 0)
    const others = wanted.slice(n + 1).reduce((sum, other) => sum + Math.min(other, 2), 0)
    shares.push(Math.max(0, Math.min(count, left - others)))
  }
  return shares
}

const checksIn = (groups: readonly Group<CheckRun>[]) => groups.reduce((sum, { checks }) => sum + checks.length, 0)

function lineOf(sentence: string, checks: readonly CheckRun[], behaviours: readonly string[]): string {
  const [most] = [...groupBy(checks, ({ id }) => behaviourOf(id))].sort(([, a], [, b]) => b.length - a.length)
  const file = most ? shortName(most[0], behaviours) : ''
  const line = cut(`${String(checks.length).padStart(4)} × ${sentence}`, WIDTH - file.length - 1)
  return `${line.padEnd(WIDTH - file.length)}${file}`
}

/**
 * Returns the shortest prefix of a file's name, cut between words, that occurs in no other file's path. Vitest accepts
 * the prefix as a filter for test files.
 */
function shortName(behaviour: string, behaviours: readonly string[]): string {
  const prefixes = (name: string) => {
    const words = name.split('-')
    return words.map((_, n) => words.slice(0, n + 1).join('-'))
  }
  const isUnique = (prefix: string) =>
    prefix.includes('-') && behaviours.every((other) => other === behaviour || !other.includes(prefix))
  const [, name = behaviour] = behaviour.split('/')
  // If files in two folders have the same name, the prefix must include the folder.
  return [...prefixes(name), ...prefixes(behaviour)].find(isUnique) ?? behaviour
}

export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
