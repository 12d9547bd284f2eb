import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import { SetupError } from '../errors'
import type {} from '../judge/meta'
import { storeNamed } from '../stores/stores'
import { readSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { closingLines, estimate, githubNotices } from './closing'
import { deviationsIn, knownFile, readKnown, readRecording, readRecordings, shown, writeResult } from './files'
import { says } from './format'
import { behaviourId, behaviours, checkId } from './ids'
import { output } from './output'
import { type Before, record } from './record'
import { type Ran, type Run, resultOf } from './run'
import { suite } from './suite'
import { groupBy } from './summary'

/** Says what a run does and how the store did, and writes its result; added to whatever reporters the user has chosen. */
export default class StoreReporter implements Reporter {
  private vitest?: Vitest
  /** Why the run was ended before its end. */
  private ended?: 'unreachable' | (string & {})
  private files: readonly string[] = []

  private say: (line: string) => void = console.log

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    this.say = output(vitest)
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.filter(({ project }) => project.name === 'specs').map(({ moduleId }) => moduleId)
  }

  /** The first module comes after the target is known, and before any of its requests is sent. */
  onTestModuleQueued({ project }: TestModule): void {
    const target: Target | undefined = project.getProvidedContext().target
    if (target?.store.how === 'aws' && this.files.length > 0) {
      this.say(estimate(this.files.map(behaviourId), readRecordings()))
    }
    this.files = []
  }

  /** One test that finds the store gone, or the credentials expired, ends the run: the others would only say it again. */
  onTestCaseResult(test: TestCase): void {
    const { verdict, ends } = test.meta()
    if (this.ended || (verdict !== 'unreachable' && !ends)) return
    this.ended = ends ?? 'unreachable'
    void this.vitest?.cancelCurrentRun('test-failure')
  }

  private isOnGitHub(): boolean {
    const reporters = this.vitest?.config.reporters ?? []
    return reporters.some((reporter) => [reporter].flat()[0] === 'github-actions')
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const recording = this.vitest?.config.snapshotOptions.updateSnapshot === 'all' && !this.ended
    const suiteFailures = errors.length + modules.reduce((sum, module) => sum + failuresOf(module), 0)
    const runs = runsOf(modules.filter(({ project }) => project.name === 'specs'))
    for (const run of runs) {
      const lines = orComplaint(() => {
        const { store } = run.head
        const settings = readSettings(process.env)
        const result = resultOf(run, deviationsIn(readKnown(store)))
        writeResult(
          runs.length > 1 ? settings.results.replace(/(\.json)?$/, `-${store.name}.json`) : settings.results,
          result,
        )
        const { S3_DEVIATIONS } = process.env
        const end = { suiteFailures, list: S3_DEVIATIONS !== undefined, all: S3_DEVIATIONS === 'all', ran: run.checks }
        const notices = this.isOnGitHub() ? githubNotices(result) : []
        return [...notices, ...(recording ? writeRecording(run) : closingLines(result, end))]
      })
      this.say(`\n${lines.join('\n')}`)
    }
    if (this.ended && this.ended !== 'unreachable') this.say(endedBy(this.ended))
    if (reason === 'interrupted' && !this.ended) this.say(interrupted(runs))
    if (this.ended) process.exitCode = 1
  }
}

/** What is not in an interrupted run says nothing. */
function interrupted(runs: readonly Run[]): string {
  const checks = runs.flatMap((run) => run.checks).length
  return `interrupted after ${checks} check${checks === 1 ? '' : 's'}`
}

/** What to do about a run that the store's refusal has ended. */
function endedBy(code: string): string {
  const wayOut = code === 'RequestTimeTooSkewed' ? 'set the clock of this machine' : 'renew the credentials'
  return `The run was ended: the store answered ${code}. Whatever had not run has no verdict; ${wayOut} and run again.`
}

/** What the user can mend is said, and is no accident of the run. */
function orComplaint(work: () => string[]): string[] {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.exitCode = 1
    return [error.message]
  }
}

/** What ran, by store: a report that is merged can have several. */
function runsOf(modules: readonly TestModule[]): Run[] {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  // A module that broke, or was not reached, has no tests; then nothing is known of those it has.
  const byBehaviour = groupBy(tests, ({ module }) => behaviourId(module.moduleId))
  const loaded = Object.fromEntries([...byBehaviour].map(([behaviour, some]) => [behaviour, some.map(idOf)]))
  const ran = tests.filter((test) => test.meta().store && test.meta().verdict)
  return [...groupBy(ran, (test) => JSON.stringify(test.meta().store)).entries()].map(([key, some]) => {
    const store: Run['head']['store'] = JSON.parse(key)
    return {
      head: { ...suite(), store, lacks: lacksOf(some) },
      checks: some.map(ranOf),
      loaded,
    }
  })
}

/** What a store lacks: of the run's own target all of it, of one that a report is merged from what kept checks from running. */
function lacksOf(tests: readonly TestCase[]): Record<string, string> {
  const target: Target | undefined = tests[0]?.project.getProvidedContext().target
  const { name } = tests[0]?.meta().store ?? {}
  const known = target?.store.name === name ? target?.lacks : storeNamed(name ?? '').lacks
  return Object.assign({}, known, ...tests.map((test) => test.meta().lacking))
}

/** A test that failed although it holds has failed after the judgement, while cleaning up. */
function ranOf(test: TestCase): Ran {
  const { verdict = 'setup failure', level, observed, bare, wanted, exchange } = test.meta()
  const isBroken = test.result().state === 'failed' && ['holds', 'known deviation', 'not applicable'].includes(verdict)
  return {
    id: idOf(test),
    behaviour: behaviourId(test.module.moduleId),
    verdict: isBroken ? 'setup failure' : verdict,
    level,
    observed,
    bare,
    wanted,
    exchange,
  }
}

function idOf(test: TestCase): string {
  return checkId(test.module.moduleId, test.name)
}

/** Failures of a module that say nothing about a store: its tests, where it is no spec, or that it does not load. */
function failuresOf(module: TestModule): number {
  const failed = module.project.name === 'specs' ? 0 : [...module.children.allTests('failed')].length
  return failed + module.errors().length
}

/**
 * Writes what was seen into the store's recording.
 * @returns what changed, to be shown
 */
function writeRecording(run: Run): string[] {
  const { store } = run.head
  const file = knownFile(store)
  const there = readRecording(file)
  const isSame = there?.store.name === store.name && there.store.version === store.version
  const committed = readRecordings({ store: store.name }).filter(({ store: { version } }) => version !== store.version)
  const before: Before = {
    ...(there && isSame && { last: there }),
    others: [...(there && !isSame ? [there] : []), ...committed.reverse()],
    behaviours: behaviours(),
  }
  const { result, lines, incomplete } = record(run, before)
  writeResult(file, result)
  if (incomplete) process.exitCode = 1
  const differing = Object.values(result.checks).filter(({ verdict }) => says(verdict) === 'differs').length
  return [...lines, `Recorded ${Object.keys(result.checks).length} checks in ${shown(file)}; ${differing} differ.`]
}
