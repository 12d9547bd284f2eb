import { inject, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { NO_RESPONSE } from '../errors'
import { isAlive, storeIsGone } from '../exchange/alive'
import { endsTheRun } from '../exchange/no-answer'
import { forget } from '../fixtures/subjects'
import { running } from '../matchers/running'
import { checkId } from '../results/ids'
import { sentenceOf } from '../sentence'
import {
  type Attempt,
  attemptIn,
  beginAttempt,
  isAbort,
  replaceErrors,
  retriesOf,
  roundsOf,
  setRounds,
} from '../vitest-internals'
import { changesBehind } from './behind'
import { checkAgainstCatalogue, checkEvidence, checkLooked, checkShared, isPattern } from './checks'
import { explained } from './explain'
import './meta'
import { type Outcome, outcomeOf } from './outcome'
import { RoundsSoFar, roundsOfBaseline } from './rounds'
import { serialised } from './serialised'
import { judge, type Pin, type Verdict } from './verdict'

/** Amazon S3 defines correct behaviour: a deviation there contradicts the reference. */
const isTruth = (store: { name: string }) => store.name === 'aws'

const isSpec = ({ file }: RunnerTestCase) => file.name.startsWith('specs/')

/** The state of a test that runs. */
interface State {
  readonly rounds: RoundsSoFar
  /** The error that failed the test. No further round runs. */
  failed?: unknown
  /** The test got no response, and that is green. No further round runs. */
  isSilent?: boolean
}

/**
 * Runs the specs as Vitest does, and then compares what a test found with the store's baseline: a deviation that is in
 * the baseline passes, any other one fails. Specs do not depend on this. A race runs in several rounds, Vitest's
 * `repeats`, and is judged in the last one.
 */
export default class VerdictRunner extends TestRunner {
  private readonly states = new WeakMap<RunnerTestCase, State>()
  private readonly attempts = new WeakMap<RunnerTestCase, Attempt>()

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test)
    if (!isSpec(test)) return
    const rounds = roundsOf(test)
    this.states.set(test, { rounds: new RoundsSoFar(rounds ?? 1) })
    if (rounds !== undefined) setRounds(test, inject('baseline').update ? roundsOfBaseline(rounds) : rounds)
  }

  override onBeforeTryTask(test: RunnerTestCase, options?: unknown): void {
    super.onBeforeTryTask(test)
    this.attempts.set(test, attemptIn(options))
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const state = this.states.get(test)
    if (!state) {
      // A test of the suite itself: its fixtures record exchanges, too.
      test.meta.exchange = []
      return TestRunner.getTestFn(test)()
    }
    beginAttempt(test)
    if (state.failed !== undefined) throw state.failed
    try {
      await this.runRound(test, state)
    } catch (error) {
      if (!this.isToBeRepeated(test, error)) state.failed = error
      throw error
    }
  }

  private async runRound(test: RunnerTestCase, state: State): Promise<void> {
    if (state.isSilent) return
    const { rounds } = state
    const { store } = inject('target')
    const { pins, update } = inject('baseline')
    const pin = pins[checkId(test.file.filepath, test.name)]
    if (!rounds.isOver(pin, update)) {
      const { failures, thrown, exchanges, outcome } = await attempt(test)
      const errors = [...failures.map(({ error }) => error), ...(thrown === undefined ? [] : [thrown])]
      if (outcome.kind !== 'held' && outcome.kind !== 'differed') {
        this.endWithout(test, rounds, outcome, pin, errors)
        state.isSilent = true
        return
      }
      rounds.add({ outcome, errors, exchanges })
    }
    const isLast = (this.attempts.get(test)?.round ?? 0) >= (roundsOf(test) ?? 1) - 1
    if (isLast) await conclude(test, rounds, pin, update, isTruth(store))
  }

  /** Ends a test that says nothing about the store. */
  private endWithout(
    test: RunnerTestCase,
    rounds: RoundsSoFar,
    outcome: Exclude<Outcome, { kind: 'held' | 'differed' }>,
    pin: Pin | undefined,
    errors: readonly unknown[],
  ): void {
    const { meta } = test
    const verdict = meta.ends ? 'no response' : judge(outcome, pin, isTruth(inject('target').store))
    meta.verdict = verdict
    if (roundsOf(test) !== undefined) meta.rounds = { ...rounds.count, planned: rounds.planned }
    if (outcome.kind === 'no response') meta.deviation = { observed: outcome.observed, severity: 'status' }
    if (verdict === 'known deviation' || verdict === 'unstable') return
    if (inject('baseline').update && verdict === 'no response' && this.isLastAttempt(test)) return
    throw explained(test, verdict, { errors, exchanges: meta.exchange ?? [] })
  }

  private isToBeRepeated(test: RunnerTestCase, error: unknown): boolean {
    return error instanceof Error && error.message.startsWith(NO_RESPONSE) && !this.isLastAttempt(test)
  }

  /** Whether this is the last attempt of a test that gets no response. */
  private isLastAttempt(test: RunnerTestCase): boolean {
    return (this.attempts.get(test)?.attempt ?? 0) >= retriesOf(test)
  }

  /** Takes secrets out of all errors, also those of the clean-up of fixtures, before they are reported. */
  override async onAfterRunTask(test: RunnerTestCase): Promise<void> {
    await super.onAfterRunTask(test)
    replaceErrors(test, serialised)
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite)
    replaceErrors(suite, serialised)
  }
}

/** Runs a test once, with fixtures of its own, and finds out what it says about the store. */
async function attempt(test: RunnerTestCase) {
  const { meta } = test
  Object.assign(meta, {
    exchange: [],
    verdict: undefined,
    deviation: undefined,
    rounds: undefined,
    lacking: undefined,
  })
  forget(test)
  const { store, region, lacks } = inject('target')
  meta.store = { ...store, ...(store.how === 'aws' && { region }) }
  checkEvidence(test)
  const lacking = meta.needs?.find((capability) => lacks[capability])
  if (lacking) skipUnsupported(test, lacking, lacks[lacking] ?? '')
  if (storeIsGone()) skipUnreachable(test)

  const { failures, thrown } = await running(test, TestRunner.getTestFn(test))
  if (isAbort(thrown)) throw thrown
  const exchanges = meta.exchange ?? []
  meta.requests = (meta.requests ?? 0) + exchanges.length
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
    outcome: meta.ends ? ({ kind: 'no response', observed: [] } as const) : outcome,
  }
}

/** Compares what all rounds of a test have shown with the baseline, and fails the test if that is its verdict. */
async function conclude(
  test: RunnerTestCase,
  rounds: RoundsSoFar,
  pin: Pin | undefined,
  isUpdating: boolean,
  isTruth: boolean,
): Promise<void> {
  const { meta } = test
  const { outcome, count, shown } = rounds
  const verdict = judge(outcome, pin, isTruth)
  meta.verdict = verdict
  if (shown) meta.exchange = [...shown.exchanges]
  if (roundsOf(test) !== undefined) meta.rounds = { ...count, planned: rounds.planned }
  if (outcome.kind === 'differed') {
    const { observed, severity, expected } = outcome
    meta.deviation = { observed, severity, expected }
  }
  if (isUpdating) return
  if (verdict === 'holds') {
    checkLooked(test)
    checkAgainstCatalogue(test)
  } else if (verdict === 'known deviation' || verdict === 'unstable') {
    const seen = outcome.kind === 'differed' ? sentenceOf(outcome.observed) : 'holds'
    await test.context.annotate([seen, pin?.why].filter(Boolean).join('. '), verdict)
  } else {
    const remarks = [...roundsRemark(test), ...baselineRemark(verdict, pin)]
    throw explained(test, verdict, { errors: shown?.errors ?? [], exchanges: shown?.exchanges ?? [], remarks })
  }
}

function skipUnsupported(test: RunnerTestCase, capability: string, reason: string): never {
  Object.assign(test.meta, { verdict: 'unsupported', lacking: { [capability]: reason } })
  return test.context.skip(`unsupported: ${reason}`)
}

function skipUnreachable(test: RunnerTestCase): never {
  test.meta.verdict = 'unreachable'
  return test.context.skip('the store stopped responding')
}

function roundsRemark({ meta: { rounds } }: RunnerTestCase): string[] {
  return rounds && rounds.violated > 0 ? [`In ${rounds.violated} of ${rounds.rounds} rounds:`] : []
}

function baselineRemark(verdict: Verdict, pin?: Pin): string[] {
  const was = pin ? sentenceOf(pin.observed) : ''
  if (verdict === 'no longer deviates')
    return [`The check holds now, but the baseline still has this deviation: ${was}`]
  if (verdict === 'changed deviation') return [`The baseline has a different deviation: ${was}`]
  if (verdict !== 'contradicts the reference') return []
  return [
    'This is Amazon S3, so the reference is wrong or outdated. CONTRIBUTING.md describes what to do, under “A baseline”.',
  ]
}
