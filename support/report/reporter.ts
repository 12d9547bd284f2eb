import type {
  Reporter,
  SerializedError,
  TestCase,
  TestModule,
  TestRunEndReason,
  TestSpecification,
  Vitest,
} from 'vitest/node'
import { SetupError } from '../errors'
import type { PromisedCheck } from '../promises'
import { plural } from '../sentence'
import { storeNamed } from '../stores/stores'
import { readSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { type Before, updated } from '../verdicts/baseline'
import { behaviourId, behaviours, checkId } from '../verdicts/ids'
import type {} from '../verdicts/meta'
import { promisesOf } from '../verdicts/promises'
import { says } from '../verdicts/result-file'
import { type Ran, type Run, resultOf } from '../verdicts/run'
import {
  ownBaselineFile,
  pinsIn,
  readBaseline,
  readBaselines,
  readOwnBaseline,
  shown,
  writeResult,
} from '../verdicts/stored-results'
import { groupBy } from '../verdicts/summary'
import { EXPECTED } from '../verdicts/verdict'
import { closingLines, estimate, githubNotices, redLines } from './closing'
import { failureLines } from './failures'
import { hints } from './hints'
import { isOnGitHub, output } from './output'
import { Progress } from './progress'
import { suite } from './suite'

/**
 * Reports on a run and its store, and writes the result. Without other reporters it prints everything. If the user chose
 * reporters, it leaves progress and failures to them.
 */
export default class StoreReporter implements Reporter {
  private vitest?: Vitest
  /** Why the run was ended early. */
  private ended?: 'unreachable' | (string & {})
  private files: readonly string[] = []
  private progress?: Progress
  private say: (line: string) => void = console.log

  constructor(private readonly options: { readonly addedBeside?: boolean } = {}) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    this.say = output(vitest)
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.filter(({ project }) => project.name === 'specs').map(({ moduleId }) => moduleId)
    if (!this.options.addedBeside) this.progress = new Progress(specifications.length)
  }

  /** The first module comes after the target is known, and before any of its requests is sent. */
  onTestModuleQueued({ project }: TestModule): void {
    const target: Target | undefined = project.getProvidedContext().target
    if (target?.store.how === 'aws' && this.files.length > 0) {
      this.say(estimate(this.files.map(behaviourId), readBaselines()))
    }
    this.files = []
  }

  onTestModuleEnd(): void {
    this.progress?.moduleEnded()
  }

  /** The first test that finds the store unreachable, or the credentials expired, ends the run: all others would, too. */
  onTestCaseResult(test: TestCase): void {
    this.progress?.checkEnded()
    const { verdict, ends } = test.meta()
    if (this.ended || (verdict !== 'unreachable' && !ends)) return
    this.ended = ends ?? 'unreachable'
    void this.vitest?.cancelCurrentRun('test-failure')
  }

  onUserConsoleLog({ content, type }: Parameters<NonNullable<Reporter['onUserConsoleLog']>>[0]): void {
    const { silent, onConsoleLog } = this.vitest?.config ?? {}
    if (this.options.addedBeside || silent || onConsoleLog?.(content, type, undefined) === false) return
    process[type].write(content)
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    this.progress?.end()
    const { S3_DEVIATIONS } = process.env
    if (!this.options.addedBeside) {
      for (const line of failureLines(modules, errors, S3_DEVIATIONS === 'all')) this.say(line)
    }
    const suiteFailures = modules.reduce((sum, module) => sum + failuresOf(module), 0)
    const runs = runsOf(modules.filter(({ project }) => project.name === 'specs'))
    for (const run of runs) {
      const lines = orComplaint(() => {
        const { store } = run.head
        const settings = readSettings(process.env)
        const result = resultOf(run, pinsIn(readOwnBaseline(store)))
        writeResult(
          runs.length > 1 ? settings.results.replace(/(\.json)?$/, `-${store.name}.json`) : settings.results,
          result,
        )
        const end = {
          suiteFailures,
          errors: errors.length,
          list: S3_DEVIATIONS !== undefined,
          all: S3_DEVIATIONS === 'all',
          ran: run.checks,
          promises: promisesOf(promisedIn(modules), result.checks),
          behaviours: behaviours(),
          ...(run.head.store.name === 'unknown' && { server: targetOf(modules)?.server }),
          hints: hints(run, settings, targetOf(modules)),
        }
        const notices = isOnGitHub(this.vitest) ? githubNotices(result) : []
        return [
          ...notices,
          ...(settings.updateBaseline && !this.ended ? updateBaseline(run) : closingLines(result, end)),
        ]
      })
      this.say(`\n${lines.join('\n')}`)
    }
    if (runs.length === 0) for (const line of redLines(suiteFailures, errors.length)) this.say(line)
    if (this.ended && this.ended !== 'unreachable') this.say(endedBy(this.ended))
    if (reason === 'interrupted' && !this.ended) this.say(interrupted(runs))
    if (this.ended) process.exitCode = 1
    const { notice } = targetOf(modules) ?? {}
    if (notice) this.say(notice)
  }
}

/** The message about a run that was interrupted. */
function interrupted(runs: readonly Run[]): string {
  return `interrupted after ${plural(runs.flatMap((run) => run.checks).length, 'check')}`
}

/** The message about a run that an error code of the store ended. */
function endedBy(code: string): string {
  const wayOut = code === 'RequestTimeTooSkewed' ? 'Set the clock of this machine' : 'Renew the credentials'
  return `The run stopped because the store returned ${code}. Checks that did not run have no verdict. ${wayOut} and run again.`
}

/** Reports a SetupError as a message instead of a crash, since the user can fix it. */
function orComplaint(work: () => string[]): string[] {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.exitCode = 1
    return [error.message]
  }
}

/** The checks that ran, by store: a merged report can have several. */
function runsOf(modules: readonly TestModule[]): Run[] {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  // A module that did not load, or did not run, has no tests here: they are unknown.
  const byBehaviour = groupBy(tests, ({ module }) => behaviourId(module.moduleId))
  const loaded = Object.fromEntries([...byBehaviour].map(([behaviour, some]) => [behaviour, some.map(idOf)]))
  const ran = tests.filter((test) => test.meta().store && test.meta().verdict)
  return [...groupBy(ran, (test) => JSON.stringify(test.meta().store)).entries()].map(([key, some]) => {
    const store: Run['head']['store'] = JSON.parse(key)
    return {
      head: { ...suite(), store, unsupported: lacksOf(some) },
      checks: some.map(ranOf),
      loaded,
    }
  })
}

/** The capabilities that a store lacks: all, if it is the target of this run; in a merged report those that checks needed. */
function lacksOf(tests: readonly TestCase[]): Record<string, string> {
  const target: Target | undefined = tests[0]?.project.getProvidedContext().target
  const { name } = tests[0]?.meta().store ?? {}
  const known = target?.store.name === name ? target?.unsupported : storeNamed(name ?? '').unsupported
  return Object.assign({}, known, ...tests.map((test) => test.meta().lacking))
}

/** A test that failed although its verdict is green failed during the clean-up. */
function ranOf(test: TestCase): Ran {
  const { verdict = 'setup failure', deviation, rounds, exchange, requests } = test.meta()
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

function idOf(test: TestCase): string {
  return checkId(test.module.moduleId, test.name)
}

/** The target of this run; undefined for a merged report. */
function targetOf(modules: readonly TestModule[]): Target | undefined {
  return modules[0]?.project.getProvidedContext().target
}

/** The checks of every promise; in a merged report, those that are in it. */
function promisedIn(modules: readonly TestModule[]): readonly PromisedCheck[] {
  const provided: readonly PromisedCheck[] | undefined = modules[0]?.project.getProvidedContext().promised
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  return (
    provided ??
    tests.flatMap((test) => {
      const { promise } = test.meta()
      return promise ? { id: idOf(test), promise, race: test.options.repeats !== undefined } : []
    })
  )
}

/** The failures of a module that are not about a store: failed tests of the suite itself, and errors while it loaded. */
function failuresOf(module: TestModule): number {
  const failed = module.project.name === 'specs' ? 0 : [...module.children.allTests('failed')].length
  return failed + module.errors().length
}

/**
 * Updates the store's baseline.
 * @returns the messages about what changed
 */
function updateBaseline(run: Run): string[] {
  const { store } = run.head
  const file = ownBaselineFile(store)
  const there = readBaseline(file)
  const isSame = there?.store.name === store.name && there.store.version === store.version
  const committed = readBaselines({ store: store.name }).filter(({ store: { version } }) => version !== store.version)
  const before: Before = {
    ...(there && isSame && { last: there }),
    others: [...(there && !isSame ? [there] : []), ...committed.reverse()],
    behaviours: behaviours(),
  }
  const { result, lines, incomplete } = updated(run, before)
  writeResult(file, result)
  if (incomplete) process.exitCode = 1
  const differing = Object.values(result.checks).filter(({ verdict }) => says(verdict) === 'differs').length
  const count = plural(Object.keys(result.checks).length, 'check')
  return [...lines, `The baseline ${shown(file)} has ${count}. ${differing} of them deviate.`]
}
