import { setTimeout } from 'node:timers/promises'
import { inject, type RunnerTestCase } from 'vitest'
import { sentenceOf } from '../sentence'
import { isCloud } from '../targets/target'
import { hasSucceeded, skipUnsupported } from './attempt'
import type { NoResponse, Outcome } from './outcome'

/** If the store throttled a request, waits before the next attempt. */
export async function waitIfThrottled(outcome: Outcome): Promise<void> {
  if (outcome.kind === 'no response' && outcome.throttledForMs !== undefined) await setTimeout(outcome.throttledForMs)
}

/** The outcome of a check if a missing response is a deviation. Callers add the observations. */
export const NO_RESPONSE_DEVIATION = { kind: 'differed', severity: 'status', expected: { kind: 'success' } } as const

/**
 * Derives the outcome of a test if a fixture's request got no response, even though the client sent it five times.
 * (Vitest does not retry fixtures.) If the store is a cloud store or throttled the request, the failure is considered
 * temporary, and the outcome is a setup failure. If the requested operation has never succeeded, the store does not
 * support it. Otherwise, a 500 or a closed connection shows that the store crashed, which is a deviation. In all other
 * cases, the outcome is a setup failure, because the machine may be too busy.
 * @throws the error that skips the test if the operation is unsupported
 */
export function outcomeOfFixture(test: RunnerTestCase, { observed, isCrash, throttledForMs }: NoResponse): Outcome {
  const operation = observed.flatMap((one) => ('operation' in one ? one.operation : []))[0]
  const isTemporary = throttledForMs !== undefined || isCloud(inject('target'))
  if (operation && !isTemporary && !hasSucceeded(operation)) skipUnsupported(test, operation, sentenceOf(observed))
  return isCrash && !isTemporary ? { ...NO_RESPONSE_DEVIATION, observed } : { kind: 'setup failed' }
}

/**
 * The response that showed that the store limits concurrent requests to the same key. Once it is set, races are
 * skipped.
 */
let limit: string | undefined

/** @throws the error that skips a race if the store limits the number of concurrent requests to the same key */
export function skipThrottledRace(test: RunnerTestCase, response = limit): void {
  limit = response
  if (response)
    skipUnsupported(test, 'concurrent requests to the same key', `the store limits concurrent requests: ${response}`)
}
