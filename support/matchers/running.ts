import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnerTestCase } from 'vitest'
import type { Finding } from '../observation'

export interface Failure {
  readonly error: unknown
  /** Absent if the error results from a mistake in the spec or from an unsupported capability. */
  readonly finding?: Finding
}

interface Running {
  readonly test: RunnerTestCase
  /** The promises of all asynchronous assertions so far, whether pending or settled. */
  readonly work: Promise<unknown>[]
  readonly failures: Failure[]
  /** The number of calls to `expect` in the test so far. */
  assertions: number
}

/**
 * The test that runs in the current asynchronous context. Vitest's own record of the current test is unreliable,
 * because tests run concurrently.
 */
const current = new AsyncLocalStorage<Running>()

/**
 * Runs a test function and waits for all of its assertions, including those that the function does not await. Code that
 * runs inside the function gets the test from `runningHere`.
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

/** Returns the spec's test that is currently running. Returns undefined in the suite's own unit tests. */
export function runningHere(): Running | undefined {
  return current.getStore()
}
