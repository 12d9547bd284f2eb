import { setMaxListeners } from 'node:events'
import { resolve } from 'node:path'
import type { RunnerTestCase, RunnerTestSuite, SerializedError } from 'vitest'
import type { Vitest } from 'vitest/node'

// Every place where the suite depends on what Vitest does not document. Each has a test, vitest-internals.test.ts, which
// fails when an upgrade of Vitest changes it.

/** Which attempt of which round of a test this is, from 0; Vitest's `repeats` are rounds, its `retry` are attempts. */
export interface Attempt {
  readonly round: number
  readonly attempt: number
}

/** What Vitest hands to `onBeforeTryTask`, and its types leave out. */
export function attemptIn(options: unknown): Attempt {
  const { repeats = 0, retry = 0 } = (options ?? {}) as { repeats?: number; retry?: number }
  return { round: repeats, attempt: retry }
}

/** Has a test run in so many rounds; only from `onBeforeRunTask`, before Vitest reads it. */
export function setRounds(test: RunnerTestCase, rounds: number): void {
  test.repeats = rounds - 1
  // Every round adds a listener to the one signal of its test, and Node warns of more than ten.
  setMaxListeners(0, test.context.signal)
}

/** In how many rounds a test runs; undefined for a test that is not a race. */
export function roundsOf({ repeats }: Pick<RunnerTestCase, 'repeats'>): number | undefined {
  return repeats === undefined ? undefined : repeats + 1
}

/** How often an attempt is repeated at most. */
export function retriesOf({ retry }: Pick<RunnerTestCase, 'retry'>): number {
  return typeof retry === 'number' ? retry : (retry?.count ?? 0)
}

/**
 * Begins an attempt as if it were the first one. Vitest would report the errors of earlier attempts with a test that
 * passes in the end; and it takes a test whose last round has passed for ended, which nothing can be noted with.
 */
export function beginAttempt(test: RunnerTestCase): void {
  if (test.result) Object.assign(test.result, { errors: undefined, state: 'run' })
}

/** Replaces the errors that are about to be reported of a test or suite that has ended. */
export function replaceErrors(
  { result }: RunnerTestCase | RunnerTestSuite,
  replace: (error: SerializedError) => SerializedError,
): void {
  if (result?.errors) result.errors = result.errors.map(replace)
}

/** Whether an error says that the run was ended while the test was under way: Vitest marks the test as skipped then. */
export function isAbort(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'TestRunAbortError'
}

/**
 * Has a reporter report on a run, whichever reporters the user has chosen; from the hook `configureVitest`.
 * @param file from the root, as the config names it; Vitest makes what the command line names an absolute path
 */
export function addReporter(vitest: Vitest, file: string): void {
  const { reporters, root } = vitest.config
  const isThere = reportersOf(vitest).some(
    ([name]) => typeof name === 'string' && resolve(root, name) === resolve(root, file),
  )
  if (!isThere) reporters.push([file, { addedBeside: true }])
}

/** Names and options of the reporters of a run. */
export function reportersOf({ config }: Pick<Vitest, 'config'>): [name: unknown, options?: Record<string, unknown>][] {
  return config.reporters.map((reporter) => [reporter].flat() as [unknown, Record<string, unknown>?])
}

/** Takes all reporters from a Vitest that a program runs. */
export function muteReporters(vitest: Vitest): void {
  Object.assign(vitest, { reporters: [] })
}

/**
 * Listens for SIGINT and SIGTERM in Vitest's place, whose own listeners would end the process before anything is stopped.
 * @returns what ends it
 */
export function takeOverSignals(interrupted: (signal: NodeJS.Signals) => void): () => void {
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  return () => void process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
}
