import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunnerTestCase } from 'vitest'

/** The test that runs here: several run at the same time, so that Vitest's own idea of the current one is no help. */
const current = new AsyncLocalStorage<RunnerTestCase>()

/** What matchers are doing for a test. */
const looking = new WeakMap<object, Promise<unknown>[]>()

/** Runs the function of a test, which `runningTest` then names. */
export function running<T>(test: RunnerTestCase, run: () => T): T {
  looking.set(test, [])
  return current.run(test, run)
}

/** The spec's test that runs here; undefined in a test of the suite itself. */
export function runningTest(): RunnerTestCase | undefined {
  return current.getStore()
}

/** Has the runner wait for a matcher, also where a spec forgets to: its verdict counts all of them. */
export function waitedFor<T>(work: Promise<T>): Promise<T> {
  const test = runningTest()
  if (test) looking.get(test)?.push(work)
  return work
}

/** Waits until all matchers of a test have ended. */
export async function allLooked(test: RunnerTestCase): Promise<void> {
  await Promise.allSettled(looking.get(test) ?? [])
  // Vitest notes a failure in a reaction to the same promise.
  await new Promise((resolve) => setImmediate(resolve))
}
