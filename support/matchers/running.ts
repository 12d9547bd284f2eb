import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnerTestCase } from 'vitest'
import type { Finding } from '../observation'

/** An assertion that failed. */
export interface Failure {
  readonly error: unknown
  /** Absent if the error is not about what was expected: a mistake in the spec, or something that the store lacks. */
  readonly finding?: Finding
}

interface Running {
  readonly test: RunnerTestCase
  /** What matchers are still doing. */
  readonly work: Promise<unknown>[]
  readonly failures: Failure[]
  /** How often the test has called `expect`. */
  assertions: number
}

/** Several tests run at the same time, so that Vitest's own idea of the current one is no help. */
const current = new AsyncLocalStorage<Running>()

/**
 * Runs the function of a test, which `runningTest` then names, and waits for all of its assertions, awaited or not.
 * @returns the assertions that failed, in order; and what ended the test early, if anything did
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

/** The spec's test that runs here; undefined in a test of the suite itself. */
export function runningTest(): RunnerTestCase | undefined {
  return current.getStore()?.test
}

/** The test that runs here and what is noted of it; undefined in a test of the suite itself. */
export function runningHere(): Running | undefined {
  return current.getStore()
}
