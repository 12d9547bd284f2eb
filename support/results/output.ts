import type { Vitest } from 'vitest/node'

/** Reporters whose output a program reads, and which write it to stdout unless they are given a file. */
const MACHINE = ['json', 'junit', 'tap', 'tap-flat']

/**
 * How a run says its own lines: to stdout, and to stderr where that has the report of a machine format.
 * @param vitest of the run
 */
export function output({ config }: Pick<Vitest, 'config'>): (line: string) => void {
  const { reporters, outputFile } = config
  const names = reporters.map((reporter) => [reporter].flat() as [unknown, { outputFile?: string }?])
  const isTaken = names.some(([name, options]) => {
    if (typeof name !== 'string' || !MACHINE.includes(name) || options?.outputFile) return false
    return typeof outputFile === 'string' ? false : !outputFile?.[name as keyof typeof outputFile]
  })
  return isTaken ? (line) => console.error(line) : (line) => console.log(line)
}
