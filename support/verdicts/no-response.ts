import { setTimeout } from 'node:timers/promises'
import { inject, type RunnerTestCase } from 'vitest'
import { sentenceOf } from '../sentence'
import { isCloud } from '../targets/target'
import { hasSucceeded, skipUnsupported } from './attempt'
import type { NoResponse, Outcome } from './outcome'

/** Waits until a store that limits the number of requests accepts the next one. */
export async function waitIfThrottled(outcome: Outcome): Promise<void> {
  if (outcome.kind === 'no response' && outcome.throttledForMs !== undefined) await setTimeout(outcome.throttledForMs)
}

/** The deviation for a store that never responds. */
export const NO_RESPONSE_DEVIATION = { kind: 'differed', severity: 'status', expected: { kind: 'success' } } as const

/**
 * Derives the outcome of a test whose fixture got no response. The fixture's client has sent the request five times,
 * and Vitest does not retry fixtures. An operation that has never succeeded is unsupported. For any other operation,
 * the store has crashed five times or the machine is too busy.
 * @throws the error that skips the test
 */
export function outcomeOfFixture(test: RunnerTestCase, { observed, isCrash, throttledForMs }: NoResponse): Outcome {
  const operation = observed.flatMap((one) => ('operation' in one ? one.operation : []))[0]
  const isTemporary = throttledForMs !== undefined || isCloud(inject('target'))
  if (operation && !isTemporary && !hasSucceeded(operation)) skipUnsupported(test, operation, sentenceOf(observed))
  return isCrash && !isTemporary ? { ...NO_RESPONSE_DEVIATION, observed } : { kind: 'setup failed' }
}

/** The response by which the store limited the number of requests to a key. No race runs after it. */
let limit: string | undefined

/** @throws the error that skips a race, if the store limits concurrent requests */
export function skipThrottledRace(test: RunnerTestCase, response = limit): void {
  limit = response
  if (response) skipUnsupported(test, 'concurrent requests to a key', `the store limits their number: ${response}`)
}
