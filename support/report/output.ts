import type { Vitest } from 'vitest/node'
import { plural } from '../sentence'
import { calledAs } from '../stores/stores'
import { behaviourOf } from '../verdicts/ids'
import type { Result } from '../verdicts/result-file'
import { reportersOf } from '../vitest-internals'

/** Reporters whose output is machine-readable. They write it to stdout unless an output file is set. */
const MACHINE: readonly unknown[] = ['json', 'junit', 'tap', 'tap-flat']

/** Chooses where the suite prints its own messages: stdout, or stderr if a machine-readable report goes to stdout. */
export function output(vitest: Pick<Vitest, 'config'>): (line: string) => void {
  const { outputFile } = vitest.config
  const isTaken = reportersOf(vitest).some(([name, options]) => {
    if (!MACHINE.includes(name) || options?.outputFile) return false
    return typeof outputFile === 'string' ? false : !outputFile?.[name as keyof typeof outputFile]
  })
  return isTaken ? (line) => console.error(line) : (line) => console.log(line)
}

/**
 * Returns one GitHub notice for each cause of known deviations, attached to the spec file of the first affected check.
 * Vitest's own GitHub reporter would show a notice for every check instead.
 */
export function githubNotices(vitest: Pick<Vitest, 'config'> | undefined, { store, checks, causes }: Result): string[] {
  if (!vitest || !reportersOf(vitest).some(([name]) => name === 'github-actions')) return []
  return Object.entries(causes).flatMap(([id, { why }]) => {
    const ids = Object.keys(checks).filter((check) => checks[check]?.cause === id)
    const [first] = ids
    if (!first) return []
    const position = `file=specs/${behaviourOf(first)}.spec.ts,line=1,title=Known deviation of ${calledAs(store)}`
    return `::notice ${position}::${plural(ids.length, 'check')}: ${why}`
  })
}
