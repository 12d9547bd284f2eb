import { inject, type RunnerTestCase, TestRunner } from 'vitest'
import { forget } from '../fixtures/tracked'
import { running } from '../matchers/running'
import { isAbort } from '../vitest-internals'
import { isAlive, storeIsGone } from '../wire/alive'
import { endsTheRun } from '../wire/no-response'
import { isAccepted } from '../wire/record'
import { type Outcome, outcomeOf } from './outcome'
import { changesBehind } from './silent-changes'
import { checkEvidence, checkShared, isPattern } from './spec-rules'

/** The operations that have succeeded in this worker. */
const succeeded = new Set<string>()

/** Whether an operation has succeeded in this worker. */
export function hasSucceeded(operation: string): boolean {
  return succeeded.has(operation)
}

/** Runs a test once, with fixtures of its own, and finds out what it says about the store. */
export async function attempt(test: RunnerTestCase) {
  const { meta } = test
  Object.assign(meta, {
    exchange: [],
    verdict: undefined,
    deviation: undefined,
    rounds: undefined,
    lacking: undefined,
  })
  forget(test)
  const { store, region, unsupported } = inject('target')
  meta.store = { ...store, ...(store.how === 'aws' && { region }) }
  checkEvidence(test)
  const lacking = meta.needs?.find((capability) => unsupported[capability])
  if (lacking) skipUnsupported(test, lacking, unsupported[lacking] ?? '')
  if (storeIsGone()) skipUnreachable(test)

  const { failures, thrown } = await running(test, TestRunner.getTestFn(test))
  if (isAbort(thrown)) throw thrown
  const exchanges = meta.exchange ?? []
  meta.requests = (meta.requests ?? 0) + exchanges.length
  for (const exchange of exchanges) if (isAccepted(exchange)) succeeded.add(exchange.operation)
  checkShared(test)
  // A recipe asserts what its requests lead to together; a single write that failed says nothing about that.
  const isToBeLookedAt = (failures.length > 0 || thrown !== undefined) && !isPattern(test.file)
  const behind = isToBeLookedAt ? await changesBehind(test, exchanges) : []
  const outcome = outcomeOf({ failures, thrown, exchanges, behind })
  if (outcome.kind === 'no response' && !(await isAlive(inject('target')))) skipUnreachable(test)
  if (outcome.kind === 'unsupported') skipUnsupported(test, outcome.capability, outcome.reason)
  meta.ends = exchanges.map(endsTheRun).find(Boolean)
  return {
    failures,
    thrown,
    exchanges,
    outcome: meta.ends ? NOTHING : isSent(exchanges) ? outcome : ofNoStore(outcome),
  }
}

const NOTHING: Outcome = { kind: 'no response', observed: [], isCrash: false }

const isSent = (exchanges: readonly unknown[]) => exchanges.length > 0

/** A test that sends nothing to the store says nothing about it: what fails there is the SDK, or this machine. */
function ofNoStore(outcome: Outcome): Outcome {
  return outcome.kind === 'differed' ? { kind: 'setup failed' } : outcome
}

/** @throws what skips the test */
export function skipUnsupported(test: RunnerTestCase, capability: string, reason: string): never {
  Object.assign(test.meta, { verdict: 'unsupported', lacking: { [capability]: reason } })
  return test.context.skip(`unsupported: ${reason}`)
}

function skipUnreachable(test: RunnerTestCase): never {
  test.meta.verdict = 'unreachable'
  return test.context.skip('the store stopped responding')
}
