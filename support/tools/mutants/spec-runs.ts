import { join } from 'node:path'
import { BaseSequencer, createVitest, type TestModule, type TestSpecification, type Vitest } from 'vitest/node'
import { root } from '../../paths'
import { sentenceOf } from '../../sentence'
import { checkId } from '../../verdicts/ids'
import type {} from '../../verdicts/meta'
import { replaceReporters } from '../../vitest-internals'
import { CHANNEL } from './channel'
import type { MutableStore } from './mutable-store'
import type { Mutant } from './mutant'

/** One run of a spec, against a mutant or against the unchanged store. */
export interface SpecRun {
  readonly mutant?: Mutant
  readonly specification: TestSpecification
  /** Whether this is the last run against the mutant. */
  readonly isLast?: boolean
}

/** Keeps the specs in the given order. By default, Vitest sorts them by the results of earlier runs. */
class InOrder extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications
  }
}

/**
 * Starts a Vitest instance with a single worker that runs specs one after another. Before each run, the worker sends a
 * message on `CHANNEL` and waits for the reply.
 */
export async function startVitest(): Promise<Vitest> {
  const options = { root, project: ['specs'], watch: false, fileParallelism: false, sequence: { sequencer: InOrder } }
  const vitest = await createVitest('test', options)
  for (const project of vitest.projects) project.config.runner = join(root, 'support/tools/mutants/runner.ts')
  return vitest
}

/**
 * Runs specs one after another.
 * @param onEnd called after each run with one line for each check that failed; returns false to skip the remaining runs
 */
export async function runSpecs(
  vitest: Vitest,
  store: MutableStore,
  runs: readonly SpecRun[],
  onEnd: (run: SpecRun, failed: readonly string[]) => boolean,
): Promise<void> {
  const queue = [...runs]
  let current: SpecRun | undefined
  let failed: string[] = []
  replaceReporters(vitest, {
    onTestModuleEnd(module) {
      failed = failedIn(module)
    },
  })
  const next = () => {
    const goesOn = !current || onEnd(current, failed)
    failed = []
    if (!goesOn) void vitest.cancelCurrentRun('test-failure')
    current = goesOn ? queue.shift() : undefined
    store.become(current?.mutant)
  }
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => {
    next()
    channel.postMessage('begin')
  }
  try {
    await vitest.runTestSpecifications(runs.map(({ specification }) => specification))
    next()
  } finally {
    channel.close()
  }
}

/** Returns one line for each check that failed: its id, its verdict, and what was observed. */
function failedIn({ moduleId, children }: TestModule): string[] {
  return [...children.allTests('failed')].map((test) => {
    const { verdict = 'failed', deviation } = test.meta()
    const observed = deviation && sentenceOf(deviation.observed)
    return `${checkId(moduleId, test.name)}: ${[verdict, observed].filter(Boolean).join(': ')}`
  })
}
