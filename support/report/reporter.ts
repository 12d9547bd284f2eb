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
import { plural } from '../sentence'
import { processSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { type PreviousBaselines, updateBaseline } from '../verdicts/baseline'
import { behaviourId, behaviours } from '../verdicts/ids'
import type {} from '../verdicts/meta'
import { promiseResults } from '../verdicts/promises'
import { meaningOf } from '../verdicts/result-file'
import { type Run, resultOf } from '../verdicts/run'
import {
  baselineEntries,
  displayPath,
  ownBaselineFile,
  readBaseline,
  readBaselines,
  readOwnBaseline,
  writeResult,
} from '../verdicts/stored-results'
import { type ClosingInput, closingLines, otherFailures } from './closing'
import { failureLines } from './failures'
import { hints } from './hints'
import { costLine } from './opening'
import { githubNotices, output } from './output'
import { Progress } from './progress'
import { promisedChecksIn, runsOf, suiteFailuresIn, targetOf } from './runs'

/**
 * Reports on a run and the store that it tested, and writes the result file. If the user has chosen other reporters,
 * they report progress and failures instead.
 */
export default class StoreReporter implements Reporter {
  private vitest?: Vitest
  /** The reason why the run ended early: `unreachable`, or the error code that the store returned. */
  private ended?: 'unreachable' | (string & {})
  private files: readonly string[] = []
  private progress?: Progress
  private print: (line: string) => void = console.log

  constructor(private readonly options: { readonly addedBeside?: boolean } = {}) {}

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    this.print = output(vitest)
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.filter(({ project }) => project.name === 'specs').map(({ moduleId }) => moduleId)
    if (!this.options.addedBeside) this.progress = new Progress(specifications.length)
  }

  /**
   * Prints the cost of a run against Amazon S3 when the first module is queued. By then, the target has started, but no
   * module has sent a request.
   */
  onTestModuleQueued({ project }: TestModule): void {
    const target: Target | undefined = project.getProvidedContext().target
    if (target?.store.how === 'aws' && this.files.length > 0) {
      this.print(costLine(this.files.map(behaviourId), readBaselines()))
    }
    this.files = []
  }

  onTestModuleEnd(): void {
    this.progress?.moduleEnded()
  }

  /**
   * Ends the run when a test finds that the store is unreachable, that the credentials have expired or that the clock
   * is wrong, because every later test would fail, too.
   */
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
    const show = process.env.S3_DEVIATIONS as ClosingInput['show']
    if (!this.options.addedBeside) {
      for (const line of failureLines(modules, errors, show === 'all')) this.print(line)
    }
    const target = targetOf(modules)
    const failures = { suiteFailures: suiteFailuresIn(modules), errors: errors.length }
    const runs = runsOf(modules)
    for (const run of runs) {
      const lines = orMessage(() => {
        const { store } = run.head
        const settings = processSettings()
        const result = resultOf(run, baselineEntries(readOwnBaseline(store)))
        const file = settings.results
        writeResult(runs.length > 1 ? file.replace(/(\.json)?$/, `-${store.name}.json`) : file, result)
        const notices = githubNotices(this.vitest, result)
        if (settings.updateBaseline && !this.ended) return [...notices, ...writeBaseline(run)]
        const closing = closingLines(result, {
          ...failures,
          ...(show && { show }),
          ran: run.checks,
          promises: promiseResults(promisedChecksIn(modules), result.checks),
          behaviours: behaviours(),
          ...(store.name === 'unknown' && { server: target?.server }),
          hints: hints(run, settings, target),
        })
        return [...notices, ...closing]
      })
      this.print(`\n${lines.join('\n')}`)
    }
    if (runs.length === 0) for (const line of otherFailures(failures.suiteFailures, failures.errors)) this.print(line)
    if (this.ended && this.ended !== 'unreachable') this.print(endedBy(this.ended))
    if (reason === 'interrupted' && !this.ended) {
      this.print(`interrupted after ${plural(runs.flatMap((run) => run.checks).length, 'check')}`)
    }
    if (this.ended) process.exitCode = 1
    if (target?.notice) this.print(target.notice)
  }
}

/** Returns the message for a run that stopped because the store returned this error code. */
function endedBy(code: string): string {
  const wayOut = code === 'RequestTimeTooSkewed' ? "Correct this machine's clock" : 'Renew the credentials'
  return [
    `The run stopped because the store returned ${code}. Checks that did not run have no verdict.`,
    `${wayOut} and run the suite again.`,
  ].join(' ')
}

/**
 * Calls `work` and returns the lines that it produces. If `work` throws a SetupError, returns the error's message
 * instead, because the user can fix the cause without a stack trace.
 */
function orMessage(work: () => string[]): string[] {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.exitCode = 1
    return [error.message]
  }
}

/**
 * Writes the store's baseline.
 * @returns messages about what has changed in the baseline
 */
function writeBaseline(run: Run): string[] {
  const { store } = run.head
  const file = ownBaselineFile(store)
  const existing = readBaseline(file)
  const isSameVersion = existing?.store.name === store.name && existing.store.version === store.version
  const committed = readBaselines({ store: store.name }).filter(({ store: { version } }) => version !== store.version)
  const previous: PreviousBaselines = {
    ...(existing && isSameVersion && { last: existing }),
    others: [...(existing && !isSameVersion ? [existing] : []), ...committed.reverse()],
    behaviours: behaviours(),
  }
  const { result, lines, incomplete } = updateBaseline(run, previous)
  writeResult(file, result)
  if (incomplete) process.exitCode = 1
  const deviating = Object.values(result.checks).filter(({ verdict }) => meaningOf(verdict) === 'differs').length
  const count = plural(Object.keys(result.checks).length, 'check')
  return [...lines, `The baseline ${displayPath(file)} contains ${count}. The store deviates in ${deviating} of them.`]
}
