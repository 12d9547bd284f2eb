import { join, relative } from 'node:path'
import type { SerializedError, TestCase, TestModule } from 'vitest/node'
import { root } from '../paths'
import { plural } from '../sentence'
import type {} from '../verdicts/meta'
import type { Verdict } from '../verdicts/verdict'
import { groupsOf } from './groups'

/** The maximum number of failures shown in full, unless S3_DEVIATIONS is `all`. */
const FEW = 10

/**
 * Formats the failures of a run in this order: modules that failed to load; differences from the baseline; one example
 * of each group of new deviations, worst group first; failures that say nothing about the store. The summary at the end
 * of the run lists all groups.
 * @param all whether to show every failure in full
 */
export function failureLines(
  modules: readonly TestModule[],
  errors: readonly SerializedError[],
  all: boolean,
): string[] {
  const loadErrors = modules.flatMap((module) => module.errors().map((error) => formatted(nameOf(module), error)))
  const failed = modules.flatMap((module) => [...module.children.allTests('failed')])
  const shown = all ? failed : selected(failed)
  const outside = all ? errors : errors.slice(0, Math.max(1, FEW - shown.length))
  const hidden = failed.length + errors.length - shown.length - outside.length
  return [
    ...loadErrors,
    ...shown.flatMap((test) =>
      (test.result().errors ?? []).map((error) => formatted(nameOf(test.module, test), error)),
    ),
    ...outside.map((error) => formatted('an error outside of any test', error)),
    ...(hidden > 0
      ? [`${plural(hidden, 'more failure')}, summarised below. Set S3_DEVIATIONS=all to show them all.\n`]
      : []),
  ]
}

const UNJUDGED: readonly Verdict[] = ['setup failure', 'no response', 'unreachable']

function selected(failed: readonly TestCase[]): TestCase[] {
  const isNew = (test: TestCase) => test.meta().verdict === 'deviation'
  const isUnjudged = (test: TestCase) => UNJUDGED.includes(test.meta().verdict ?? 'setup failure')
  const deviating = failed.filter(isNew).map((test) => ({ ...test.meta(), test }))
  const examples = groupsOf(deviating).flatMap(({ checks: [first] }) => first?.test ?? [])
  // Differences from a baseline come first, because there are usually only a few.
  const ordered = [
    ...failed.filter((test) => !isNew(test) && !isUnjudged(test)),
    ...examples,
    ...failed.filter(isUnjudged),
    ...deviating.map(({ test }) => test),
  ]
  return [...new Set(ordered)].slice(0, FEW)
}

function nameOf(module: TestModule, test?: TestCase): string {
  return [relative(root, module.moduleId), test?.fullName].filter(Boolean).join(' > ')
}

/**
 * Formats an error with its stack frames in spec files or, if there are none, with its frames in the rest of the suite.
 */
function formatted(where: string, { name, message, diff, stacks = [] }: SerializedError): string {
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
