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
import type {} from '../judge/meta'
import type { Verdict } from '../judge/verdict'
import { storeNamed } from '../stores/stores'
import { readSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { type Before, updated } from './baseline'
import { closingLines, estimate, githubNotices, plural, redLines } from './closing'
import { failureLines } from './failures'
import { ownBaselineFile, pinsIn, readBaseline, readBaselines, readOwnBaseline, shown, writeResult } from './files'
import { says } from './format'
import { behaviourId, behaviours, checkId } from './ids'
import { isOnGitHub, output } from './output'
import { Progress } from './progress'
import { type Ran, type Run, resultOf } from './run'
import { suite } from './suite'
import { groupBy } from './summary'

/**
 * Says what a run does and how the store did, and writes its result. By itself it is all that a run prints; beside
 * reporters that the user has chosen it leaves progress and failures to them.
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

  /** One test that finds the store gone, or the credentials expired, ends the run: the others would only say it again. */
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
        const red = { suiteFailures, errors: errors.length }
        const end = { ...red, list: S3_DEVIATIONS !== undefined, all: S3_DEVIATIONS === 'all', ran: run.checks }
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
  }
}

/** What is not in an interrupted run says nothing. */
function interrupted(runs: readonly Run[]): string {
  return `interrupted after ${plural(runs.flatMap((run) => run.checks).length, 'check')}`
}

/** What to do about a run that an error of the store has ended. */
function endedBy(code: string): string {
  const wayOut = code === 'RequestTimeTooSkewed' ? 'Set the clock of this machine' : 'Renew the credentials'
  return `The run was ended: the store returned ${code}. Whatever had not run has no verdict. ${wayOut} and run again.`
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
      head: { ...suite(), store, unsupported: lacksOf(some) },
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

const GREEN: readonly Verdict[] = ['holds', 'known deviation', 'unstable', 'unsupported']

/** A test that failed although it is green by its verdict has failed after the judgement, while cleaning up. */
function ranOf(test: TestCase): Ran {
  const { verdict = 'setup failure', deviation, rounds, exchange, requests } = test.meta()
  const isBroken = test.result().state === 'failed' && GREEN.includes(verdict)
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

/** Failures of a module that say nothing about a store: its tests, if it is not a spec, or that it does not load. */
function failuresOf(module: TestModule): number {
  const failed = module.project.name === 'specs' ? 0 : [...module.children.allTests('failed')].length
  return failed + module.errors().length
}

/**
 * Writes what was seen into the store's baseline.
 * @returns what changed, to be shown
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
  return [...lines, `The baseline ${shown(file)} has ${count}, of which ${differing} differ.`]
}
