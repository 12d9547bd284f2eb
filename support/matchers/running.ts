import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnerTestCase } from 'vitest'
import type { Finding } from '../observation'

/** An assertion that failed. */
export interface Failure {
  readonly error: unknown
  /** Absent if the error is a mistake of the spec or an unsupported capability. */
  readonly finding?: Finding
}

interface Running {
  readonly test: RunnerTestCase
  /** Pending matchers. */
  readonly work: Promise<unknown>[]
  readonly failures: Failure[]
  /** The number of calls to `expect` in the test so far. */
  assertions: number
}

/** The test that is running. Vitest's own current test is not reliable, since tests run concurrently. */
const current = new AsyncLocalStorage<Running>()

/**
 * Runs the function of a test, and waits for all its assertions, including those that are not awaited. During that
 * time, `runningTest` returns the test.
 * @returns the failed assertions in order, and the error that ended the test early, if any
 */
export async function running(
  test: RunnerTestCase,
  run: () => unknown,
): Promise<{ readonly failures: readonly Failure[]; readonly thrown?: unknown }> {
  const own: Running = { test, work: [], failures: [], assertions: 0 }
  const ended = await current.run(own, async () => {
    try {
      await run()
    } catch (thrown) {
      return { thrown }
    }
  })
  await Promise.allSettled(own.work)
  return { failures: own.failures, ...ended }
}

/** Returns the running test of a spec; undefined in a test of the suite itself. */
export function runningTest(): RunnerTestCase | undefined {
  return current.getStore()?.test
}

/** Returns the running test of a spec with its failures so far; undefined in a test of the suite itself. */
export function runningHere(): Running | undefined {
  return current.getStore()
}
