import { inject, type RunnerTestCase, TestRunner } from 'vitest'
import { CLASSES, facts } from '../evidence/catalogue'
import { render } from '../exchange/record'
import { checkId } from '../results/ids'
import { storeNamed } from '../stores/stores'
import './meta'
import { isAlive, storeIsGone } from '../exchange/alive'
import { judge, type Outcome, outcomeOf } from './verdict'

/**
 * Runs the specs as Vitest does, and then compares what a test found with what is known of the store: a deviation
 * that is written down and unchanged passes, everything else that differs fails. The specs know nothing of it.
 */
export default class VerdictRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const { store, region } = inject('target')
    const meta = test.meta
    meta.exchange = []
    const run = TestRunner.getTestFn(test)
    if (!test.file.name.startsWith('specs/')) return run()

    meta.store = { ...store, ...(store.how === 'aws' && { region }) }
    checkEvidence(test)
    const lacking = meta.needs?.find((capability) => storeNamed(store.name).lacks[capability])
    if (lacking) {
      meta.verdict = 'not applicable'
      test.context.skip(`not applicable: ${storeNamed(store.name).lacks[lacking]}`)
    }
    if (storeIsGone()) skipUnreachable(test)

    const error = await errorOf(run)
    checkShared(test)
    const outcome = outcomeOf(error, meta.exchange)
    if (outcome.kind === 'no answer' && !(await isAlive(inject('target')))) skipUnreachable(test)
    const known = inject('known')[checkId(test.file.filepath, test.name)]
    const verdict = outcome.kind === 'no answer' ? 'setup failure' : judge(outcome, known)
    meta.verdict = verdict
    if (outcome.kind === 'differed') meta.observed = outcome.observed
    if (this.isRecording() && isAboutTheStore(outcome)) return

    if (verdict === 'holds') {
      checkLooked(test)
      checkAgainstCatalogue(test)
    }
    if (verdict === 'holds' || verdict === 'known deviation') return
    const was = known && [known.observed].flat().join('; or: ')
    const remark = {
      'no longer deviates': `The store now does as Amazon S3 does, but a deviation is written down: ${was}`,
      'changed deviation': `The store deviates in another way than is written down: ${was}`,
    }
    throw explained(test, error, verdict in remark ? remark[verdict as keyof typeof remark] : undefined)
  }

  /** `--update` records what the store does instead of judging it. */
  private isRecording(): boolean {
    return this.config.snapshotOptions.updateSnapshot === 'all'
  }
}

async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
}

function isAboutTheStore({ kind }: Outcome): boolean {
  return kind === 'held' || kind === 'differed'
}

function skipUnreachable(test: RunnerTestCase): never {
  test.meta.verdict = 'unreachable'
  return test.context.skip('the store does not answer any more')
}

/** Every test names facts of the catalogue. */
function checkEvidence({ name, meta }: RunnerTestCase): void {
  const { evidence = [] } = meta
  if (evidence.length === 0) throw new Error(`“${name}” names no evidence: add { meta: { evidence: ['…'] } }.`)
  const unknown = evidence.filter((id) => !(id in facts))
  if (unknown.length > 0) throw new Error(`“${name}” names facts that the catalogue lacks: ${unknown.join(', ')}.`)
}

const WRITES = /^(Put|Copy|UploadPartCopy|CompleteMultipartUpload|Delete)/

/** A store that refuses a write and performs it all the same is only caught by looking. */
function checkLooked({ name, meta }: RunnerTestCase): void {
  const exchanges = meta.exchange ?? []
  const refused = exchanges.findLastIndex(
    ({ by, operation, response }) => by === 'spec' && WRITES.test(operation) && (response?.status ?? 0) >= 400,
  )
  if (refused >= 0 && !exchanges.slice(refused).some(({ by }) => by === 'matcher')) {
    throw new Error(`“${name}” has ${exchanges[refused]?.operation} refused and never looks whether anything changed.`)
  }
}

/** What many tests read, none of them may change. Its key is nobody else's; on Amazon S3 the path has no bucket. */
function checkShared({ name, meta: { shared, exchange = [] } }: RunnerTestCase): void {
  const change = exchange.find(
    ({ by, request: { method, path } }) =>
      by === 'spec' && shared !== undefined && path.split('?')[0]?.endsWith(`/${shared}`) && !/GET|HEAD/.test(method),
  )
  if (change) throw new Error(`“${name}” sends ${change.operation} to the object that it shares: take \`object\`.`)
}

/** A test that holds has seen an answer that its facts state; else the spec or the catalogue is wrong. */
function checkAgainstCatalogue({ name, meta }: RunnerTestCase): void {
  const seen = new Set((meta.exchange ?? []).filter(({ by }) => by === 'spec').map(({ response }) => response?.status))
  const stated = (meta.evidence ?? []).flatMap((id) => facts[id].answer ?? [])
  if (stated.length > 0 && !stated.some(({ status }) => seen.has(status))) {
    const statuses = [...new Set(stated.map(({ status }) => status))].join(' or ')
    throw new Error(`“${name}” holds, but no answer has the status ${statuses} that its facts state.`)
  }
}

/** The failure as a reader wants it: what S3 does, what this store did, and what went over the wire. */
function explained(test: RunnerTestCase, error: unknown, remark?: string): Error {
  const exchanges = (test.meta.exchange ?? []).filter(({ by }) => by === 'spec').map(render)
  const sentence = `${test.suite?.name ?? ''}: ${test.name}`
  const message = error instanceof Error ? error.message : 'holds'
  const evidence = `Evidence: ${(test.meta.evidence ?? []).map((id) => `${id}, ${CLASSES[facts[id].class]}`).join('; ')}.`
  const explanation = new Error([sentence, remark, message, evidence, ...exchanges].filter(Boolean).join('\n\n'))
  explanation.name = 'Deviation'
  if (error instanceof Error) {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    explanation.stack = [`${explanation.name}: ${explanation.message}`, ...frames].join('\n')
  }
  return explanation
}
