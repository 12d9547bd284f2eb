import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import { calledAs } from '../stores/stores'
import type { Target } from '../targets/target'
import { behaviourId, type Known, knownFile, readKnown, testId } from './known'
import '../judge/meta'
import { EXPECTED, type KnownDeviation, VERDICTS, type Verdict } from '../judge/verdict'

/** Says what a run does and how the store did; added to whatever reporters the user has chosen. */
export default class StoreReporter implements Reporter {
  private vitest?: Vitest
  private unreachable = false
  private files: readonly string[] = []

  onInit(vitest: Vitest): void {
    this.vitest = vitest
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.map(({ moduleId }) => moduleId)
  }

  /** The first module comes after the target is known, and before any of its requests is sent. */
  onTestModuleQueued({ project }: TestModule): void {
    if (targetOf(project)?.store.how === 'aws' && this.files.length > 0) console.log(estimate(this.files))
    this.files = []
  }

  /** One test that finds the store gone ends the run: the others would only say it again. */
  onTestCaseResult(test: TestCase): void {
    if (test.meta().verdict !== 'unreachable' || this.unreachable) return
    this.unreachable = true
    void this.vitest?.cancelCurrentRun('test-failure')
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], _reason: TestRunEndReason): void {
    const target = targetOf(modules.find(({ project }) => project.name === 'specs')?.project)
    if (!target) return
    const checks = modules.flatMap((module) => [...module.children.allTests()]).filter(isCheck)
    if (checks.length === 0) return
    const recording = this.vitest?.config.snapshotOptions.updateSnapshot === 'all' && !this.unreachable
    const lines = recording ? writeKnown(target, checks) : closingLines(target, checks, this.unreachable)
    console.log(`\n${lines.join('\n')}`)
    if (this.unreachable) process.exitCode = 1
  }
}

/**
 * The last lines of a run: unexpected results by name, known deviations where `S3_DEVIATIONS=list` asks for them,
 * and the count of every verdict.
 */
export function closingLines(
  { store: { name, version, how } }: Target,
  checks: readonly TestCase[],
  unreachable: boolean,
): string[] {
  const by = groupBy(checks, verdictOf)
  const count = (verdict: Verdict) => by.get(verdict)?.length ?? 0
  const listed = process.env.S3_DEVIATIONS === 'list' ? (by.get('known deviation') ?? []) : []
  const unexpected = VERDICTS.filter((verdict) => !EXPECTED.includes(verdict) && verdict !== 'unreachable')
  const known = readKnown(name, version).deviations
  const title = `${calledAs({ name, version })} (${how})`
  return [
    ...listed.map((test) => `known deviation: ${idOf(test)}: ${test.meta().observed}. ${known[idOf(test)]?.why ?? ''}`),
    ...unexpected.flatMap((verdict) => (by.get(verdict) ?? []).map((test) => `${verdict}: ${idOf(test)}`)),
    ...(unreachable
      ? [`${title} stopped answering: the run was ended; ${count('unreachable')} checks have no verdict.`]
      : []),
    [
      `${title}: ${checks.length} checks of ${new Set(checks.map(({ module }) => module.moduleId)).size} behaviours:`,
      [
        `${count('holds')} hold`,
        `${count('known deviation')} known deviations`,
        `${count('not applicable')} not applicable`,
        `${unexpected.reduce((sum, verdict) => sum + count(verdict), 0)} unexpected`,
      ].join(', '),
    ].join(' '),
  ]
}

/** A test of a spec that has run, or was found not applicable. */
function isCheck(test: TestCase): boolean {
  return test.project.name === 'specs' && test.meta().verdict !== undefined
}

function idOf(test: TestCase): string {
  return testId(test.module.moduleId, test.name)
}

/** A test that failed although its verdict is fine has failed after the judgement, while cleaning up. */
function verdictOf(test: TestCase): Verdict {
  const { verdict = 'setup failure' } = test.meta()
  return test.result().state === 'failed' && EXPECTED.includes(verdict) ? 'setup failure' : verdict
}

function targetOf(project?: TestModule['project']): Target | undefined {
  return project?.getProvidedContext().target
}

/** Creating, versioning, listing versions and uploads, deleting: what a bucket itself takes, beside the tests. */
const REQUESTS_A_BUCKET = 5

/** About how much a run on Amazon S3 will cost, from what the last recording counted. */
function estimate(files: readonly string[]): string {
  const { requests, buckets } = readKnown('localstack', '4.14.0')
  const sum = files.reduce((total, file) => total + (requests[behaviourId(file)] ?? 0), REQUESTS_A_BUCKET * buckets)
  return `This run makes at most ${buckets} buckets and about ${sum} requests, and removes all it has made.`
}

/**
 * Writes what was seen into the store's recording; reasons and links of deviations that stay are kept.
 * @returns what changed, to be shown
 */
function writeKnown({ store: { name, version } }: Target, checks: readonly TestCase[]): string[] {
  const known = readKnown(name, version)
  const deviations: Record<string, KnownDeviation> = { ...known.deviations }
  const results: Record<string, Verdict> = { ...known.results }
  const requests: Record<string, number> = { ...known.requests }
  const exchangesOf = (tests: readonly TestCase[]) => tests.flatMap((test) => test.meta().exchange ?? [])
  const buckets = new Set(exchangesOf(checks).map(({ request }) => request.path.split(/[/?]/)[1])).size
  for (const [file, tests] of groupBy(checks, ({ module }) => behaviourId(module.moduleId))) {
    for (const id of Object.keys(results)) {
      if (id.startsWith(`${file} > `) && !tests.some((test) => idOf(test) === id)) {
        delete results[id]
        delete deviations[id]
      }
    }
    requests[file] = exchangesOf(tests).length
    for (const test of tests) {
      const { verdict, observed } = test.meta()
      if (verdict === undefined || verdict === 'setup failure' || verdict === 'unreachable') continue
      const id = idOf(test)
      const was = deviations[id]
      if (observed === undefined) {
        if (!(was && [was.observed].flat().includes('holds'))) delete deviations[id]
      } else if (!was || ![was.observed].flat().includes(observed)) {
        deviations[id] = { observed, why: was?.why ?? '' }
      }
      results[id] = deviations[id] ? 'known deviation' : verdict === 'not applicable' ? verdict : 'holds'
    }
  }
  const file = knownFile(name, version)
  const recording: Known = {
    recorded: new Date().toISOString().slice(0, 10),
    deviations: sorted(deviations),
    results: sorted(results),
    requests: sorted(requests),
    // A recording of a few files counts fewer.
    buckets: Math.max(buckets, known.buckets),
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(recording, null, 2)}\n`)
  const added = Object.keys(deviations).filter((id) => deviations[id] !== known.deviations[id])
  const gone = Object.keys(known.deviations).filter((id) => !deviations[id])
  const unexplained = Object.values(deviations).filter(({ why }) => why === '').length
  return [
    ...added.map((id) => `new or changed: ${id}: ${[deviations[id]?.observed].flat().join('; or: ')}`),
    ...gone.map((id) => `gone: ${id}`),
    `Recorded ${Object.keys(deviations).length} known deviations in ${relative(process.cwd(), file)}; ${unexplained} lack their why.`,
  ]
}

function sorted<T>(entries: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
