import { setMaxListeners } from 'node:events'
import { resolve } from 'node:path'
import type { ProvidedContext, RunnerTestCase, RunnerTestSuite, SerializedError } from 'vitest'
import type { Reporter, Vitest } from 'vitest/node'

// All code that depends on undocumented behaviour of Vitest. The tests in vitest-internals.test.ts fail if an upgrade
// of Vitest changes that behaviour.

/** The round and the attempt of a test, counted from 0. Vitest counts rounds as `repeats` and attempts as `retry`. */
export interface Attempt {
  readonly round: number
  readonly attempt: number
}

/** Reads the round and the attempt from the second argument of `onBeforeTryTask`. Vitest's types omit this argument. */
export function attemptIn(options: unknown): Attempt {
  const { repeats = 0, retry = 0 } = (options ?? {}) as { repeats?: number; retry?: number }
  return { round: repeats, attempt: retry }
}

/** Sets the number of rounds for a test. Call this in `onBeforeRunTask`, before Vitest reads the number. */
export function setRounds(test: RunnerTestCase, rounds: number): void {
  test.repeats = rounds - 1
  // Every round adds a listener to the same signal, and Node warns about more than ten listeners.
  setMaxListeners(0, test.context.signal)
}

/** Returns the number of rounds of a race, or undefined for a test that is not a race. */
export function roundsOf({ repeats }: Pick<RunnerTestCase, 'repeats'>): number | undefined {
  return repeats === undefined ? undefined : repeats + 1
}

/** Returns the maximum number of times that a test is retried. */
export function retriesOf({ retry }: Pick<RunnerTestCase, 'retry'>): number {
  return typeof retry === 'number' ? retry : (retry?.count ?? 0)
}

/**
 * Resets the result of a test before an attempt. Otherwise Vitest would report errors from earlier attempts even if the
 * test passes in the end, and would reject annotations if the previous round passed.
 */
export function beginAttempt(test: RunnerTestCase): void {
  if (test.result) Object.assign(test.result, { errors: undefined, state: 'run' })
}

/** After a test or suite has ended, replaces each of its errors with the result of `replace`, which is then reported. */
export function replaceErrors(
  { result }: RunnerTestCase | RunnerTestSuite,
  replace: (error: SerializedError) => SerializedError,
): void {
  if (result?.errors) result.errors = result.errors.map(replace)
}

/**
 * Whether an error means that the run was cancelled while the test was running. Vitest then marks the test as skipped.
 */
export function isAbort(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'TestRunAbortError'
}

/**
 * Adds a reporter to a run unless the user has already selected it. Call this in the `configureVitest` hook.
 * @param file the path relative to the root, as in the config. If the user selected the reporter on the command line,
 * Vitest has already made the path absolute.
 */
export function addReporter(vitest: Vitest, file: string): void {
  const { reporters, root } = vitest.config
  const isPresent = reportersOf(vitest).some(
    ([name]) => typeof name === 'string' && resolve(root, name) === resolve(root, file),
  )
  if (!isPresent) reporters.push([file, { addedBeside: true }])
}

/** Returns the names and options of a run's reporters. */
export function reportersOf({ config }: Pick<Vitest, 'config'>): [name: unknown, options?: Record<string, unknown>][] {
  return config.reporters.map((reporter) => [reporter].flat() as [unknown, Record<string, unknown>?])
}

/** Overrides a value that the run provides, but only in this worker. */
export function provideHere<K extends keyof ProvidedContext>(name: K, value: ProvidedContext[K]): void {
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: { providedContext: ProvidedContext } }
  if (worker) worker.providedContext = { ...worker.providedContext, [name]: value }
}

export function replaceReporters(vitest: Vitest, ...reporters: readonly Reporter[]): void {
  Object.assign(vitest, { reporters })
}

/**
 * Replaces Vitest's listeners for SIGINT and SIGTERM, which would end the process before the target is stopped.
 * @returns a function that removes the new listeners
 */
export function takeOverSignals(interrupted: (signal: NodeJS.Signals) => void): () => void {
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  return () => void process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
}
