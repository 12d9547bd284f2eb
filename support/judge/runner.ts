import { inject, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest'
import { isAlive, storeIsGone } from '../exchange/alive'
import { endsTheRun } from '../exchange/no-answer'
import { forget } from '../fixtures/subjects'
import { checkId } from '../results/ids'
import { changesBehind } from './behind'
import { checkAgainstCatalogue, checkEvidence, checkLooked, checkShared, isPattern } from './checks'
import { explained } from './explain'
import './meta'
import { allLooked, running } from '../matchers/running'
import { outcomeOf } from './outcome'
import { serialised } from './serialised'
import { judge, type Outcome, type Verdict } from './verdict'

/** Amazon S3 is the truth: what differs there contradicts the reference. */
const isTruth = (store: { name: string }) => store.name === 'aws'

/**
 * Runs the specs as Vitest does, and then compares what a test found with what is known of the store: a deviation
 * that is written down and unchanged passes, everything else that differs fails. The specs know nothing of it.
 */
export default class VerdictRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const meta = test.meta
    Object.assign(meta, {
      exchange: [],
      verdict: undefined,
      level: undefined,
      observed: undefined,
      bare: undefined,
      lacking: undefined,
      wanted: undefined,
    })
    forget(test)
    // Those of an attempt to which the store gave no answer.
    if (test.result) test.result.errors = undefined
    const run = TestRunner.getTestFn(test)
    if (!test.file.name.startsWith('specs/')) return run()

    const { store, region, lacks } = inject('target')
    meta.store = { ...store, ...(store.how === 'aws' && { region }) }
    checkEvidence(test)
    const lacking = meta.needs?.find((capability) => lacks[capability])
    if (lacking) skipNotApplicable(test, lacking, lacks[lacking] ?? '')
    if (storeIsGone()) skipUnreachable(test)

    const { failed, thrown } = await endOf(test, run)
    const exchanges = meta.exchange ?? []
    checkShared(test)
    // What a pattern has changed it comes to, and an answer that was lost on the way says nothing of it.
    const isToBeLookedAt = (failed.length > 0 || thrown) && !isPattern(test.file)
    const behind = isToBeLookedAt ? await changesBehind(test, exchanges) : []
    const outcome = outcomeOf({ failed, thrown, exchanges, behind })
    if (outcome.kind === 'no answer' && !(await isAlive(inject('target')))) skipUnreachable(test)
    if (outcome.kind === 'not applicable') skipNotApplicable(test, outcome.capability, outcome.reason)
    meta.ends = exchanges.map(endsTheRun).find(Boolean)

    const known = inject('known')[checkId(test.file.filepath, test.name)]
    const verdict = meta.ends ? 'no answer' : judge(outcome, known, isTruth(store))
    meta.verdict = verdict
    if (outcome.kind === 'differed' || outcome.kind === 'no answer') meta.observed = outcome.observed
    if (outcome.kind === 'differed') {
      Object.assign(meta, { level: outcome.level, bare: outcome.bare, wanted: outcome.wanted })
    } else if (outcome.kind === 'no answer') meta.level = 'answer'
    if (this.isRecording() && verdict !== 'setup failure' && (verdict !== 'no answer' || isLastAttempt(test))) return

    if (verdict === 'holds') {
      checkLooked(test)
      checkAgainstCatalogue(test)
    }
    if (verdict === 'known deviation') await test.context.annotate(said(outcome, known?.why), 'known deviation')
    if (verdict === 'holds' || verdict === 'known deviation') return
    throw explained(test, verdict, [...failed, thrown].filter(Boolean), remarkOn(verdict, known?.observed))
  }

  /** What a fixture's end has thrown, and what is about to be reported in any other way. */
  override async onAfterRunTask(test: RunnerTestCase): Promise<void> {
    await super.onAfterRunTask(test)
    if (test.result?.errors) test.result.errors = test.result.errors.map(serialised)
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite)
    if (suite.result?.errors) suite.result.errors = suite.result.errors.map(serialised)
  }

  /** `--update` records what the store does instead of judging it. */
  private isRecording(): boolean {
    return this.config.snapshotOptions.updateSnapshot === 'all'
  }
}

/** Runs a test to its end: the assertions that failed, which do not end it, and what did. */
async function endOf(test: RunnerTestCase, run: () => unknown): Promise<{ failed: unknown[]; thrown?: unknown }> {
  let thrown: unknown
  try {
    await running(test, run)
  } catch (error) {
    thrown = error
  }
  // The run was ended while the test was under way; Vitest knows what to make of that.
  if ((thrown as Error | undefined)?.name === 'TestRunAbortError') throw thrown
  await allLooked(test)
  const failed: unknown[] = test.result?.errors ?? []
  // From here on the runner alone says how the test has ended.
  if (test.result) Object.assign(test.result, { errors: undefined, state: 'run' })
  return { failed, ...(thrown !== undefined && { thrown }) }
}

/** Whether a test to which the store gives no answer will not be run again. */
function isLastAttempt({ retry, result }: RunnerTestCase): boolean {
  const times = typeof retry === 'number' ? retry : (retry?.count ?? 0)
  return (result?.retryCount ?? 0) >= times
}

function skipNotApplicable(test: RunnerTestCase, capability: string, reason: string): never {
  Object.assign(test.meta, { verdict: 'not applicable', lacking: { [capability]: reason } })
  return test.context.skip(`not applicable: ${reason}`)
}

function skipUnreachable(test: RunnerTestCase): never {
  test.meta.verdict = 'unreachable'
  return test.context.skip('the store does not answer any more')
}

/** A known deviation, for the reporters that show a passed test's annotations. */
function said(outcome: Outcome, why = ''): string {
  const observed = 'observed' in outcome ? outcome.observed : 'holds'
  return `${observed}${why && `. ${why}`}`
}

function remarkOn(verdict: Verdict, observed?: string | readonly string[]): string | undefined {
  const was = [observed ?? []].flat().join('; or: ')
  if (verdict === 'no longer deviates') {
    return `The store now does as Amazon S3 does, but a deviation is written down: ${was}`
  }
  if (verdict === 'changed deviation') return `The store deviates in another way than is written down: ${was}`
  if (verdict === 'contradicts the reference') {
    return 'This is Amazon S3: the reference is wrong or outdated. CONTRIBUTING.md says what to do with it.'
  }
  return undefined
}
