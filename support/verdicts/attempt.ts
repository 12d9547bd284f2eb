import { inject, type RunnerTestCase, TestRunner } from 'vitest'
import { forget } from '../fixtures/tracked'
import { running } from '../matchers/running'
import { isAbort } from '../vitest-internals'
import { isAlive, storeIsGone } from '../wire/alive'
import { fatalCode } from '../wire/no-response'
import { isAccepted } from '../wire/record'
import { type Outcome, outcomeOf } from './outcome'
import { silentChanges } from './silent-changes'
import { checkEvidence, checkSharedObject, isRecipe } from './spec-rules'

const succeeded = new Set<string>()

/** Whether at least one request for the operation has succeeded in this Vitest worker. */
export function hasSucceeded(operation: string): boolean {
  return succeeded.has(operation)
}

/** Runs a test once, with new fixtures, and determines its outcome. */
export async function attempt(test: RunnerTestCase) {
  const { meta } = test
  Object.assign(meta, {
    exchange: [],
    verdict: undefined,
    deviation: undefined,
    rounds: undefined,
    unsupported: undefined,
  })
  forget(test)
  const { store, region, unsupported } = inject('target')
  meta.store = { ...store, ...(store.how === 'aws' && { region }) }
  checkEvidence(test)
  const missing = meta.needs?.find((capability) => unsupported[capability])
  if (missing) skipUnsupported(test, missing, unsupported[missing] ?? '')
  if (storeIsGone()) skipUnreachable(test)

  const { failures, thrown } = await running(test, TestRunner.getTestFn(test))
  if (isAbort(thrown)) throw thrown
  const exchanges = meta.exchange ?? []
  meta.requests = (meta.requests ?? 0) + exchanges.length
  for (const exchange of exchanges) if (isAccepted(exchange)) succeeded.add(exchange.operation)
  checkSharedObject(test)
  // For a recipe, do not check whether failed requests changed anything. A recipe asserts only the combined outcome of
  // its requests, and many of its writes fail.
  const hasFailed = failures.length > 0 || thrown !== undefined
  const changes = hasFailed && !isRecipe(test.file) ? await silentChanges(test, exchanges) : []
  const outcome = outcomeOf({ failures, thrown, exchanges, silentChanges: changes })
  if (outcome.kind === 'no response' && !(await isAlive(inject('target')))) skipUnreachable(test)
  if (outcome.kind === 'unsupported') skipUnsupported(test, outcome.capability, outcome.reason)
  meta.ends = exchanges.map(fatalCode).find(Boolean)
  // If no request was sent, the SDK or this machine is at fault, not the store.
  const isOwnFault = exchanges.length === 0 && outcome.kind === 'differed'
  return {
    errors: [...failures.map(({ error }) => error), ...(thrown === undefined ? [] : [thrown])],
    exchanges,
    outcome: meta.ends ? RUN_ENDED : isOwnFault ? SETUP_FAILED : outcome,
  }
}

const RUN_ENDED: Outcome = { kind: 'no response', observed: [], isCrash: false }
const SETUP_FAILED: Outcome = { kind: 'setup failed' }

/** @throws the error that skips the test */
export function skipUnsupported(test: RunnerTestCase, capability: string, reason: string): never {
  Object.assign(test.meta, { verdict: 'unsupported', unsupported: { [capability]: reason } })
  return test.context.skip(`unsupported: ${reason}`)
}

function skipUnreachable(test: RunnerTestCase): never {
  test.meta.verdict = 'unreachable'
  return test.context.skip('the store stopped responding')
}
