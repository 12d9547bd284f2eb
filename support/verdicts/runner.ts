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
import { attempt } from './attempt'
import { explained } from './explain'
import { behaviourId, checkId } from './ids'
import { checkAgainstCatalogue, checkLooked, isPattern } from './spec-rules'
import './meta'
import type { Outcome, Silence } from './outcome'
import { pinOfRaces, type Round, RoundsSoFar, roundsOfBaseline } from './rounds'
import { serialised } from './serialised'
import { SILENT, silentFixture, skipThrottled, wait } from './silence'
import { judge, type Pin, type Verdict } from './verdict'

/** Amazon S3 defines correct behaviour: a deviation there contradicts the reference. */
const isAmazonS3 = (store: { name: string }) => store.name === 'aws'

const isSpec = ({ file }: RunnerTestCase) => file.name.startsWith('specs/')

/** The state of a test that runs. */
interface State {
  readonly rounds: RoundsSoFar
  /** The attempts of this round that got no response. */
  silences: readonly Silence[]
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
    this.states.set(test, { rounds: new RoundsSoFar(rounds ?? 1), silences: [] })
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
    if (roundsOf(test) !== undefined) skipThrottled(test)
    if (!rounds.isOver(pin, update)) {
      const { failures, thrown, exchanges, outcome } = await attempt(test)
      const errors = [...failures.map(({ error }) => error), ...(thrown === undefined ? [] : [thrown])]
      const ended = outcome.kind === 'no response' ? this.silent(test, state, outcome, pin) : outcome
      if (ended.kind !== 'held' && ended.kind !== 'differed') {
        if (!this.isLastAttempt(test)) await wait(ended)
        this.endWithout(test, rounds, ended, pin, errors)
        state.isSilent = true
        return
      }
      rounds.add({ outcome: ended, errors, exchanges })
      state.silences = []
    }
    const isLast = (this.attempts.get(test)?.round ?? 0) >= (roundsOf(test) ?? 1) - 1
    if (isLast) await conclude(test, rounds, pinFor(test, rounds, pins, pin), update, isAmazonS3(store))
  }

  /**
   * What an attempt that got no response means. The store deviates if it fails in the same way each time, and in a race if
   * it fails each time. What the baseline has of a race needs one attempt. For a cloud it is temporary.
   * @throws what skips the test: the store does not do what a fixture needs, or has a limit on concurrent requests
   */
  private silent(test: RunnerTestCase, state: State, outcome: Silence, pin: Pin | undefined): Outcome {
    if (outcome.by === 'fixture') return silentFixture(test, outcome)
    state.silences = [...state.silences, outcome]
    return this.persistent(test, state, outcome, pin) ?? outcome
  }

  private persistent(
    test: RunnerTestCase,
    { silences, rounds }: State,
    { observed, isCrash, throttledForMs }: Silence,
    pin: Pin | undefined,
  ): Round['outcome'] | undefined {
    const isRace = roundsOf(test) !== undefined
    if (throttledForMs !== undefined) {
      const isUnjudged = isRace && rounds.count.violated === 0
      if (isUnjudged && this.isLastAttempt(test)) skipThrottled(test, sentenceOf(observed))
      return
    }
    if (isCloud(inject('target')) || test.meta.ends) return
    const isAlways = this.isLastAttempt(test) && silences.length > retriesOf(test)
    const isSameAlways = isAlways && silences.every((one) => isSame(one.observed, observed))
    const isKnown = pin !== undefined && isWithin(observed, pin.observed)
    const isUpdating = isCrash && inject('baseline').update
    if (isRace && (isKnown || isUpdating)) return { ...SILENT, observed }
    // In a race it depends on chance which request gets no response.
    if (!isSameAlways && !(isRace && isAlways)) return
    return { ...SILENT, observed: canonical(silences.flatMap((one) => one.observed)) }
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
    // `persistent` has found the races that deviate by it: this one says nothing.
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

/**
 * The pin of a test. If it does something else: of a recipe its own pin all the same, since the requests of a recipe lead to
 * whatever they lead to once one of them deviates; of a race that of all races of its behaviour, if they do the same.
 */
function pinFor(
  test: RunnerTestCase,
  { outcome }: RoundsSoFar,
  pins: Readonly<Record<string, Pin>>,
  own: Pin | undefined,
): Pin | undefined {
  if (outcome.kind !== 'differed') return own
  if (own && isPattern(test.file)) return { ...own, observed: outcome.observed }
  if (roundsOf(test) === undefined || (own && isWithin(outcome.observed, own.observed))) return own
  const behaviour = `${behaviourId(test.file.filepath)}/`
  const all = pinOfRaces(pins, (id) => id.startsWith(behaviour))
  return all && isWithin(outcome.observed, all.observed) ? all : own
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
