import { setTimeout } from 'node:timers/promises'
import { inject, type RunnerTestCase } from 'vitest'
import { sentenceOf } from '../sentence'
import { isCloud } from '../targets/target'
import { hasSucceeded, skipUnsupported } from './attempt'
import type { Outcome, Silence } from './outcome'

/** Waits until a store that limits the number of requests may be sent the next one. */
export async function wait(outcome: Outcome): Promise<void> {
  if (outcome.kind === 'no response' && outcome.throttledForMs !== undefined) await setTimeout(outcome.throttledForMs)
}

/** The deviation of a store that does not respond. */
export const SILENT = { kind: 'differed', severity: 'status', expected: { kind: 'success' } } as const

/**
 * What a fixture that got no response means: its client has sent the request five times, and Vitest makes no new fixture in
 * place of one that failed. An operation that has never succeeded is lacking. For another one the store has crashed five
 * times, or the machine is too busy.
 * @throws what skips the test
 */
export function silentFixture(test: RunnerTestCase, { observed, isCrash, throttledForMs }: Silence): Outcome {
  const operation = observed.flatMap((one) => ('operation' in one ? one.operation : []))[0]
  const isTemporary = throttledForMs !== undefined || isCloud(inject('target'))
  if (operation && !isTemporary && !hasSucceeded(operation)) skipUnsupported(test, operation, sentenceOf(observed))
  return isCrash && !isTemporary ? { ...SILENT, observed } : { kind: 'setup failed' }
}

/** Why no further race is run: the store limits the number of requests to a key. */
let limit: string | undefined

/** @throws what skips a race */
export function skipThrottled(test: RunnerTestCase, response = limit): void {
  limit = response
  if (response) skipUnsupported(test, 'concurrent requests to a key', `the store limits their number: ${response}`)
}
