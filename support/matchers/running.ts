import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnerTestCase } from 'vitest'
import type { Finding } from '../observation'

export interface Failure {
  readonly error: unknown
  /** Absent if the error comes from a mistake in the spec or an unsupported capability. */
  readonly finding?: Finding
}

interface Running {
  readonly test: RunnerTestCase
  /** The asynchronous assertions so far, some of which may be pending. */
  readonly work: Promise<unknown>[]
  readonly failures: Failure[]
  /** The number of calls to `expect` in the test so far. */
  assertions: number
}

/** The running test. Vitest's own record of the current test is unreliable, because tests run concurrently. */
const current = new AsyncLocalStorage<Running>()

/**
 * Runs the function of a test and waits for all of its assertions, including those that the test does not await. In the
 * meantime, `runningHere` returns the test.
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

/** Returns the running test of a spec and its failures so far, and undefined in a test of the suite itself. */
export function runningHere(): Running | undefined {
  return current.getStore()
}
