import type { TestCase, TestModule } from 'vitest/node'
import type { PromisedCheck } from '../promises'
import { storeNamed } from '../stores/stores'
import type { Target } from '../targets/target'
import { behaviourId, checkId } from '../verdicts/ids'
import type {} from '../verdicts/meta'
import type { CheckRun, Run } from '../verdicts/run'
import { groupBy } from '../verdicts/summary'
import { EXPECTED } from '../verdicts/verdict'
import { suite } from './suite'

/** Returns the target of this run, or undefined for a merged report. */
export function targetOf(modules: readonly TestModule[]): Target | undefined {
  return modules[0]?.project.getProvidedContext().target
}

/** Returns one run per store, with the checks that ran against it. A merged report can cover several stores. */
export function runsOf(modules: readonly TestModule[]): Run[] {
  const tests = testsIn(modules.filter(({ project }) => project.name === 'specs'))
  // A module that failed to load or did not run contributes no tests.
  const byBehaviour = groupBy(tests, ({ module }) => behaviourId(module.moduleId))
  const loaded = Object.fromEntries([...byBehaviour].map(([behaviour, some]) => [behaviour, some.map(idOf)]))
  const ran = tests.filter((test) => test.meta().store && test.meta().verdict)
  return [...groupBy(ran, (test) => JSON.stringify(test.meta().store)).entries()].map(([key, some]) => {
    const store: Run['head']['store'] = JSON.parse(key)
    const unsupported = unsupportedBy(store.name, some, targetOf(modules))
    return { head: { ...suite(), store, unsupported }, checks: some.map(checkRunOf), loaded }
  })
}

/**
 * Returns the capabilities that a store does not support, each with the reason. For a merged report, returns only those
 * listed in the store's definition and those that caused checks to be skipped.
 */
function unsupportedBy(store: string, tests: readonly TestCase[], target?: Target): Record<string, string> {
  const known = target?.store.name === store ? target.unsupported : storeNamed(store).unsupported
  return Object.assign({}, known, ...tests.map((test) => test.meta().unsupported))
}

function checkRunOf(test: TestCase): CheckRun {
  const { verdict = 'setup failure', deviation, rounds, exchange, requests } = test.meta()
  // If a test failed although its verdict is expected, the failure must have occurred in the test's cleanup.
  const isBroken = test.result().state === 'failed' && EXPECTED.includes(verdict)
  return {
    id: idOf(test),
    behaviour: behaviourId(test.module.moduleId),
    verdict: isBroken ? 'setup failure' : verdict,
    deviation,
    rounds,
    exchange,
    requests,
  }
}

/** Returns the checks for all promises. For a merged report, returns only the checks that the report contains. */
export function promisedChecksIn(modules: readonly TestModule[]): readonly PromisedCheck[] {
  const provided: readonly PromisedCheck[] | undefined = modules[0]?.project.getProvidedContext().promised
  const inReport = () =>
    testsIn(modules).flatMap((test) => {
      const { promise } = test.meta()
      return promise ? { id: idOf(test), promise, race: test.options.repeats !== undefined } : []
    })
  return provided ?? inReport()
}

/**
 * Counts the failures that are not caused by a store: failed self-tests of the suite, and errors that occurred while a
 * module was loading.
 */
export function suiteFailuresIn(modules: readonly TestModule[]): number {
  const failed = testsIn(modules.filter(({ project }) => project.name !== 'specs')).filter(
    (test) => test.result().state === 'failed',
  )
  return failed.length + modules.flatMap((module) => module.errors()).length
}

const testsIn = (modules: readonly TestModule[]) => modules.flatMap((module) => [...module.children.allTests()])

const idOf = (test: TestCase) => checkId(test.module.moduleId, test.name)
