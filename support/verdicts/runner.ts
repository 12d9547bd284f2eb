import { inject, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { NO_RESPONSE } from '../errors'
import { canonical, isSame, isWithin } from '../observation'
import { sentenceOf } from '../sentence'
import { isCloud } from '../targets/target'
import {
  type Attempt,
  attemptIn,
  beginAttempt,
  replaceErrors,
  retriesOf,
  roundsOf,
  setRounds,
} from '../vitest-internals'
import { redactReported } from '../wire/redact'
import { attempt } from './attempt'
import { failureError } from './explain'
import { behaviourId, checkId } from './ids'
import { NO_RESPONSE_DEVIATION, outcomeOfFixture, skipThrottledRace, waitIfThrottled } from './no-response'
import type { NoResponse, Outcome } from './outcome'
import { baselineRounds, CompletedRounds, entryOfRaces } from './rounds'
import { checkFacts, checkFailedWrites, isRecipe } from './spec-rules'
import { type BaselineEntry, isKnown, judge, type Verdict } from './verdict'

const isSpec = ({ file }: RunnerTestCase) => file.name.startsWith('specs/')

const isRace = (test: RunnerTestCase) => roundsOf(test) !== undefined

interface State {
  readonly rounds: CompletedRounds
  current: Attempt
  /** The attempts at the current round that ended because a request got no response. */
  unanswered: readonly NoResponse[]
  /** The error that failed the test. Once it is set, no further rounds run. */
  error?: unknown
  /** Whether the test has passed even though it could not be judged. If so, no further rounds run. */
  isOver?: boolean
}

/**
 * Runs each test in the specs and compares its outcome with the store's baseline. If the store deviates, the test
 * passes only if the deviation is in the baseline. A race runs for several rounds (Vitest's `repeats`) and is judged
 * after the last one.
 */
export default class VerdictRunner extends TestRunner {
  private readonly states = new WeakMap<RunnerTestCase, State>()

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test)
    if (!isSpec(test)) return
    const rounds = roundsOf(test)
    this.states.set(test, {
      rounds: new CompletedRounds(rounds ?? 1),
      current: { round: 0, attempt: 0 },
      unanswered: [],
    })
    if (rounds !== undefined) setRounds(test, inject('baseline').update ? baselineRounds(rounds) : rounds)
  }

  override onBeforeTryTask(test: RunnerTestCase, options?: unknown): void {
    super.onBeforeTryTask(test)
    const state = this.states.get(test)
    if (state) state.current = attemptIn(options)
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const state = this.states.get(test)
    if (!state) {
      // This is one of the suite's own tests. Its fixtures also record exchanges.
      test.meta.exchange = []
      return TestRunner.getTestFn(test)()
    }
    beginAttempt(test)
    if (state.error !== undefined) throw state.error
    try {
      await this.runRound(test, state)
    } catch (error) {
      if (!this.isToBeRepeated(test, error)) state.error = error
      throw error
    }
  }

  private async runRound(test: RunnerTestCase, state: State): Promise<void> {
    if (state.isOver) return
    const { rounds } = state
    const { entries, update } = inject('baseline')
    const entry = entries[checkId(test.file.filepath, test.name)]
    if (isRace(test)) skipThrottledRace(test)
    if (!rounds.isOver(entry, update)) {
      const { errors, exchanges, outcome } = await attempt(test)
      const final = outcome.kind === 'no response' ? this.afterNoResponse(test, state, outcome, entry) : outcome
      if (final.kind !== 'held' && final.kind !== 'differed') {
        if (!this.isLastAttempt(test)) await waitIfThrottled(final)
        this.endUnjudged(test, rounds, final, entry, errors)
        state.isOver = true
        return
      }
      rounds.add({ outcome: final, errors, exchanges })
      state.unanswered = []
    }
    const isLast = state.current.round >= (roundsOf(test) ?? 1) - 1
    if (isLast) await conclude(test, rounds, entryFor(test, rounds, entry))
  }

  /**
   * Derives the outcome of an attempt in which a request got no response. The store deviates if every attempt fails in
   * the same way. In a race, the attempts may fail in different ways, and a failure that is in the baseline counts as a
   * deviation at once. On a cloud store, the failure is always considered temporary.
   * @throws the error that skips the test if a fixture's operation is unsupported or the store throttles the race's
   * requests
   */
  private afterNoResponse(
    test: RunnerTestCase,
    state: State,
    outcome: NoResponse,
    entry: BaselineEntry | undefined,
  ): Outcome {
    if (outcome.by === 'fixture') return outcomeOfFixture(test, outcome)
    const { observed, isCrash, throttledForMs } = outcome
    const unanswered = [...state.unanswered, outcome]
    state.unanswered = unanswered
    if (throttledForMs !== undefined) {
      const isUnjudged = isRace(test) && state.rounds.count.violated === 0
      if (isUnjudged && this.isLastAttempt(test)) skipThrottledRace(test, sentenceOf(observed))
      return outcome
    }
    if (isCloud(inject('target')) || test.meta.ends) return outcome
    const isInBaseline = entry !== undefined && isWithin(observed, entry.observed)
    const isToBeRecorded = isCrash && inject('baseline').update
    if (isRace(test) && (isInBaseline || isToBeRecorded)) return { ...NO_RESPONSE_DEVIATION, observed }
    if (unanswered.length <= retriesOf(test)) return outcome
    // In a race, which of the concurrent requests gets no response can vary.
    if (!isRace(test) && !unanswered.every((one) => isSame(one.observed, observed))) return outcome
    return { ...NO_RESPONSE_DEVIATION, observed: canonical(unanswered.flatMap((one) => one.observed)) }
  }

  /** Ends a test that could not be judged: its setup failed, it is unsupported, or a request got no response. */
  private endUnjudged(
    test: RunnerTestCase,
    rounds: CompletedRounds,
    outcome: Exclude<Outcome, { kind: 'held' | 'differed' }>,
    entry: BaselineEntry | undefined,
    errors: readonly unknown[],
  ): void {
    const { meta } = test
    // For a race, `afterNoResponse` has already checked whether the missing response is in the baseline.
    const isTransient = meta.ends || (isRace(test) && outcome.kind === 'no response')
    const verdict = isTransient ? 'no response' : judge(outcome, entry, inject('target').store.name)
    meta.verdict = verdict
    if (isRace(test)) meta.rounds = { ...rounds.count, planned: rounds.planned }
    if (outcome.kind === 'no response') meta.deviation = { observed: outcome.observed, severity: 'status' }
    if (isKnown(verdict)) return
    if (inject('baseline').update && verdict === 'no response' && this.isLastAttempt(test)) return
    throw failureError(test, verdict, { errors, exchanges: meta.exchange ?? [] })
  }

  private isToBeRepeated(test: RunnerTestCase, error: unknown): boolean {
    return error instanceof Error && error.message.startsWith(NO_RESPONSE) && !this.isLastAttempt(test)
  }

  private isLastAttempt(test: RunnerTestCase): boolean {
    return (this.states.get(test)?.current.attempt ?? 0) >= retriesOf(test)
  }

  /** Removes secrets from all errors, including errors from the clean-up of fixtures, before they are reported. */
  override async onAfterRunTask(test: RunnerTestCase): Promise<void> {
    await super.onAfterRunTask(test)
    replaceErrors(test, redactReported)
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite)
    replaceErrors(suite, redactReported)
  }
}

/**
 * Returns the baseline entry to compare a test with. If a recipe has an entry, any observations match it, because a
 * single wrong response can lead to any outcome. A race also matches the entries for other races of its behaviour.
 */
function entryFor(
  test: RunnerTestCase,
  { outcome }: CompletedRounds,
  own: BaselineEntry | undefined,
): BaselineEntry | undefined {
  if (outcome.kind !== 'differed') return own
  if (own && isRecipe(test.file)) return { ...own, observed: outcome.observed }
  if (!isRace(test) || (own && isWithin(outcome.observed, own.observed))) return own
  const all = entryOfRaces(inject('baseline').entries, behaviourId(test.file.filepath))
  return all && isWithin(outcome.observed, all.observed) ? all : own
}

/** Compares the combined outcome of a test's rounds with the baseline. Fails the test if the verdict is unexpected. */
async function conclude(
  test: RunnerTestCase,
  rounds: CompletedRounds,
  entry: BaselineEntry | undefined,
): Promise<void> {
  const { meta } = test
  const { outcome, count, shown } = rounds
  const verdict = judge(outcome, entry, inject('target').store.name)
  meta.verdict = verdict
  if (shown) meta.exchange = [...shown.exchanges]
  if (isRace(test)) meta.rounds = { ...count, planned: rounds.planned }
  if (outcome.kind === 'differed') {
    const { observed, severity, expected } = outcome
    meta.deviation = { observed, severity, expected }
  }
  if (inject('baseline').update) return
  if (verdict === 'holds') {
    checkFailedWrites(test)
    checkFacts(test)
  } else if (isKnown(verdict)) {
    const seen = outcome.kind === 'differed' ? sentenceOf(outcome.observed) : 'holds'
    await test.context.annotate([seen, entry?.why].filter(Boolean).join('. '), verdict)
  } else {
    const remarks = [...roundsRemark(test), ...baselineRemark(verdict, entry)]
    throw failureError(test, verdict, { errors: shown?.errors ?? [], exchanges: shown?.exchanges ?? [], remarks })
  }
}

function roundsRemark({ meta: { rounds } }: RunnerTestCase): string[] {
  return rounds && rounds.violated > 0 ? [`In ${rounds.violated} of ${rounds.rounds} rounds:`] : []
}

function baselineRemark(verdict: Verdict, entry?: BaselineEntry): string[] {
  const was = entry ? sentenceOf(entry.observed) : ''
  if (verdict === 'no longer deviates')
    return [`The check holds now, but the baseline still lists this deviation: ${was}`]
  if (verdict === 'changed deviation') return [`The baseline lists a different deviation: ${was}`]
  if (verdict !== 'contradicts the reference') return []
  return ['This store is Amazon S3, so this check is wrong or outdated. See “A baseline” in CONTRIBUTING.md.']
}
