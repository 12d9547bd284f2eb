import { SEVERITIES, type Severity } from '../observation'
import { plural } from '../sentence'
import { behaviourOf } from '../verdicts/ids'
import type { Keeping, Kept } from '../verdicts/promises'
import type { Ran } from '../verdicts/run'
import { groupBy } from '../verdicts/summary'
import { cut, type Group, groupsOf } from './groups'

// What the author of a store reads at the end of a run: what it protects, and what to fix first.

/** How wide a line may be. */
export const WIDTH = 80

const KEEPING: Readonly<Record<Keeping, string>> = {
  kept: 'yes',
  broken: '‼ NO',
  other: '✗ differs, loses nothing',
  partly: 'yes *',
  'not tried': 'not tried',
}

const COLUMNS = [24, 26] as const

/** What a store protects, one line a promise. */
export function promiseLines(kept: readonly Kept[]): string[] {
  if (kept.length === 0) return []
  const row = (name: string, alone: string, race = '') =>
    `${name.padEnd(COLUMNS[0])}${alone.padEnd(COLUMNS[1])}${race}`.trimEnd()
  const rate = ({ race, rate: often }: Kept) => (race === 'broken' && often ? ` (${often})` : '')
  return [
    row('Is data protected?', 'from one client', 'from several at once'),
    ...kept.map((one) => row(`  ${one.promise}`, KEEPING[one.alone], one.race && `${KEEPING[one.race]}${rate(one)}`)),
    ...(kept.some(({ alone, race }) => alone === 'partly' || race === 'partly')
      ? ['  * Some of its checks did not run.']
      : []),
  ]
}

const HEADINGS: Readonly<Record<Severity, string>> = {
  data: '‼ a client can lose data, or is told something false',
  status: '✗ the status differs from Amazon S3',
  detail: '≈ right status, wrong detail',
}

/** Verdicts that say nothing about a store, and may be a fault of the suite. */
const SAY_NOTHING = ['setup failure', 'no response'] as const

/**
 * What to fix first: by severity, then by the number of checks, one line a cause, with the file that shows most of it.
 * @param behaviours all of the suite, so that a file is named as shortly as possible
 * @param room how many lines there may be, headings included
 */
export function fixLines(ran: readonly Ran[], behaviours: readonly string[], room: number): string[] {
  const groups = groupsOf(ran.filter(({ verdict }) => verdict === 'deviation'))
  const of = (severity: Severity) => groups.filter((group) => group.severity === severity)
  const there = SEVERITIES.filter((severity) => of(severity).length > 0)
  const silent = SAY_NOTHING.map((verdict) => [verdict, ran.filter((one) => one.verdict === verdict)] as const).filter(
    ([, checks]) => checks.length > 0,
  )
  const shown = share(
    there.map((severity) => of(severity).length),
    room - there.length - silent.length - 1,
  )
  const hidden = there.flatMap((severity, n) => of(severity).slice(shown[n]))
  return [
    ...there.flatMap((severity, n) => [
      `${HEADINGS[severity]}: ${plural(checksIn(of(severity)), 'check')}`,
      ...of(severity)
        .slice(0, shown[n])
        .map(({ sentence, checks }) => lineOf(sentence, checks, behaviours)),
    ]),
    ...silent.map(([verdict, checks]) => lineOf(`${verdict}, which says nothing about the store`, checks, behaviours)),
    ...(hidden.length > 0
      ? [
          `${plural(checksIn(hidden), 'more check')} in ${plural(hidden.length, 'more line')}: S3_DEVIATIONS=all npm test`,
        ]
      : []),
  ]
}

/** Divides a number of lines: the worst get most, and nobody none. */
function share(wanted: readonly number[], room: number): number[] {
  const shares: number[] = []
  for (const [n, count] of wanted.entries()) {
    const left = room - shares.reduce((sum, one) => sum + one, 0)
    const others = wanted.slice(n + 1).reduce((sum, other) => sum + Math.min(other, 2), 0)
    shares.push(Math.max(0, Math.min(count, left - others)))
  }
  return shares
}

const checksIn = (groups: readonly Group<Ran>[]) => groups.reduce((sum, { checks }) => sum + checks.length, 0)

function lineOf(sentence: string, checks: readonly Ran[], behaviours: readonly string[]): string {
  const [most] = [...groupBy(checks, ({ id }) => behaviourOf(id))].sort(([, a], [, b]) => b.length - a.length)
  const file = most ? shortest(most[0], behaviours) : ''
  const said = cut(`${String(checks.length).padStart(4)} × ${sentence}`, WIDTH - file.length - 1)
  return `${said.padEnd(WIDTH - file.length)}${file}`
}

/** The shortest beginning of a file's name, by whole words, that is in no other path: Vitest takes it for the file. */
function shortest(behaviour: string, behaviours: readonly string[]): string {
  const beginnings = (name: string) => {
    const words = name.split('-')
    return words.map((_, n) => words.slice(0, n + 1).join('-'))
  }
  const isUnique = (beginning: string) =>
    beginning.includes('-') && behaviours.every((other) => other === behaviour || !other.includes(beginning))
  const [, name = behaviour] = behaviour.split('/')
  // Names that other folders have, too, take their own one.
  return [...beginnings(name), ...beginnings(behaviour)].find(isUnique) ?? behaviour
}
