import { join, relative } from 'node:path'
import type { SerializedError, TestCase, TestModule } from 'vitest/node'
import { root } from '../paths'
import type {} from '../verdicts/meta'
import type { Verdict } from '../verdicts/verdict'
import { groupsOf } from './groups'

/** How many failures of a run are shown in full, unless S3_DEVIATIONS=all. */
const FEW = 10

/**
 * The failures of a run, in full: one example of each group of deviations, worst first, then those that say nothing about
 * the store. The closing lines have the groups.
 * @param all whether every failure is shown
 */
export function failureLines(
  modules: readonly TestModule[],
  errors: readonly SerializedError[],
  all: boolean,
): string[] {
  const broken = modules.flatMap((module) => module.errors().map((error) => entry(named(module), error)))
  const failed = modules.flatMap((module) => [...module.children.allTests('failed')])
  const shown = all ? failed : fewOf(failed)
  const outside = all ? errors : errors.slice(0, Math.max(1, FEW - shown.length))
  const hidden = failed.length + errors.length - shown.length - outside.length
  return [
    ...broken,
    ...shown.flatMap((test) => (test.result().errors ?? []).map((error) => entry(named(test.module, test), error))),
    ...outside.map((error) => entry('an error outside of any test', error)),
    ...(hidden > 0 ? [`${hidden} more failures are summarised below. S3_DEVIATIONS=all shows all.\n`] : []),
  ]
}

const SILENT: readonly Verdict[] = ['setup failure', 'no response', 'unreachable']

function fewOf(failed: readonly TestCase[]): TestCase[] {
  const deviates = (test: TestCase) => test.meta().verdict === 'deviation'
  const differing = failed.filter(deviates).map((test) => ({ ...test.meta(), test }))
  const examples = groupsOf(differing).flatMap(({ checks: [first] }) => first?.test ?? [])
  // A changed deviation, and one that is gone, are few, and about a store that is known.
  const isSilent = (test: TestCase) => SILENT.includes(test.meta().verdict ?? 'setup failure')
  const others = failed.filter((test) => !deviates(test))
  const ordered = [
    ...others.filter((test) => !isSilent(test)),
    ...examples,
    ...others.filter(isSilent),
    ...differing.map(({ test }) => test),
  ]
  return [...new Set(ordered)].slice(0, FEW)
}

function named(module: TestModule, test?: TestCase): string {
  return [relative(root, module.moduleId), test?.fullName].filter(Boolean).join(' > ')
}

/** An error with its name, its message, and its stack frames: those in specs, else all except those of dependencies. */
function entry(where: string, { name, message, diff, stacks = [] }: SerializedError): string {
  const own = stacks.filter(({ file }) => file.startsWith(root) && !file.includes('/node_modules/'))
  const inSpecs = own.filter(({ file }) => file.startsWith(join(root, 'specs')))
  const frames = (inSpecs.length > 0 ? inSpecs : own).map(({ file, line, column }) => {
    return `  at ${relative(root, file)}:${line}:${column}`
  })
  return [
    ` FAIL  ${where}`,
    `${name ?? 'Error'}: ${message}`,
    ...(typeof diff === 'string' ? [diff] : []),
    ...frames,
    '',
  ].join('\n')
}
