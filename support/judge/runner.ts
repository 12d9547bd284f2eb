import { inject, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { NO_RESPONSE } from '../errors'
import { isWithin, type Observation } from '../observation'
import { checkId } from '../results/ids'
import { sentenceOf } from '../sentence'
import {
  type Attempt,
  attemptIn,
  beginAttempt,
  replaceErrors,
  retriesOf,
  roundsOf,
  setRounds,
} from '../vitest-internals'
import { attempt } from './attempt'
import { checkAgainstCatalogue, checkLooked } from './checks'
import { explained } from './explain'
import './meta'
import type { Outcome } from './outcome'
import { type Round, RoundsSoFar, roundsOfBaseline } from './rounds'
import { serialised } from './serialised'
import { judge, type Pin, type Verdict } from './verdict'

/** Amazon S3 defines correct behaviour: a deviation there contradicts the reference. */
const isAmazonS3 = (store: { name: string }) => store.name === 'aws'

const isSpec = ({ file }: RunnerTestCase) => file.name.startsWith('specs/')

/** The state of a test that runs. */
interface State {
  readonly rounds: RoundsSoFar
  /** How the store failed in the attempts of this round. */
  crashes: readonly Observation[]
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
    this.states.set(test, { rounds: new RoundsSoFar(rounds ?? 1), crashes: [] })
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
      const ended = this.crash(test, state, outcome, pin) ?? outcome
      if (ended.kind !== 'held' && ended.kind !== 'differed') {
        this.endWithout(test, rounds, ended, pin, errors)
        state.isSilent = true
        return
      }
      rounds.add({ outcome: ended, errors, exchanges })
      state.crashes = []
    }
    const isLast = (this.attempts.get(test)?.round ?? 0) >= (roundsOf(test) ?? 1) - 1
    if (isLast) await conclude(test, rounds, pin, update, isAmazonS3(store))
  }

  /**
   * The violation of a race in which the store fails by itself: the baseline has it or is being updated, or every attempt
   * of the round ends so. On Amazon S3 it is temporary.
   */
  private crash(
    test: RunnerTestCase,
    state: State,
    outcome: Outcome,
    pin: Pin | undefined,
  ): Round['outcome'] | undefined {
    if (outcome.kind !== 'no response' || roundsOf(test) === undefined) return
    const { observed, isCrash } = outcome
    state.crashes = isCrash ? [...state.crashes, ...observed] : []
    if (!isCrash || isAmazonS3(inject('target').store)) return
    const isKnown = inject('baseline').update || (pin !== undefined && isWithin(observed, pin.observed))
    if (!isKnown && state.crashes.length <= retriesOf(test)) return
    const all = isKnown ? observed : state.crashes
    return { kind: 'differed', observed: all, severity: 'status', expected: { kind: 'success' } }
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
    const isRace = roundsOf(test) !== undefined
    // A baseline never has this of a race: a busy machine can be the reason.
    const isSilentRace = isRace && outcome.kind === 'no response'
    const verdict = meta.ends || isSilentRace ? 'no response' : judge(outcome, pin, isAmazonS3(inject('target').store))
    meta.verdict = verdict
    if (isRace) meta.rounds = { ...rounds.count, planned: rounds.planned }
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

/** Compares what all rounds of a test have shown with the baseline, and fails the test if that is its verdict. */
async function conclude(
  test: RunnerTestCase,
  rounds: RoundsSoFar,
  pin: Pin | undefined,
  isUpdating: boolean,
  isS3: boolean,
): Promise<void> {
  const { meta } = test
  const { outcome, count, shown } = rounds
  const verdict = judge(outcome, pin, isS3)
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
