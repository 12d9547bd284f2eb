import type { Vitest } from 'vitest/node'
import { reportersOf } from '../vitest-internals'

/** Reporters whose output a program reads, and which write it to stdout unless they are given a file. */
const MACHINE: readonly unknown[] = ['json', 'junit', 'tap', 'tap-flat']

/**
 * Where a run prints its own lines: stdout, or stderr if a machine-readable report uses stdout.
 * @param vitest of the run
 */
export function output(vitest: Pick<Vitest, 'config'>): (line: string) => void {
  const { outputFile } = vitest.config
  const isTaken = reportersOf(vitest).some(([name, options]) => {
    if (!MACHINE.includes(name) || options?.outputFile) return false
    return typeof outputFile === 'string' ? false : !outputFile?.[name as keyof typeof outputFile]
  })
  return isTaken ? (line) => console.error(line) : (line) => console.log(line)
}

/** Whether a run reports to GitHub, too. */
export function isOnGitHub(vitest?: Pick<Vitest, 'config'>): boolean {
  return vitest !== undefined && reportersOf(vitest).some(([name]) => name === 'github-actions')
}
