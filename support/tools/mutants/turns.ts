import { join } from 'node:path'
import { BaseSequencer, createVitest, type TestModule, type TestSpecification, type Vitest } from 'vitest/node'
import { root } from '../../paths'
import { sentenceOf } from '../../sentence'
import { checkId } from '../../verdicts/ids'
import type {} from '../../verdicts/meta'
import { replaceReporters } from '../../vitest-internals'
import { CHANNEL } from './channel'
import type { Mutable } from './mutable'
import type { Mutant } from './mutant'

/** One run of a spec, for a mutant or for none. */
export interface Turn {
  readonly mutant?: Mutant
  readonly specification: TestSpecification
  /** The mutant has no further spec. */
  readonly isLast?: boolean
}

/** As the turns are, whatever Vitest knows of earlier runs. */
class InOrder extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    return specifications
  }
}

/** A Vitest that runs specs one after the other in one worker, which asks for every turn. */
export async function startVitest(): Promise<Vitest> {
  const options = { root, project: ['specs'], watch: false, fileParallelism: false, sequence: { sequencer: InOrder } }
  const vitest = await createVitest('test', options)
  for (const project of vitest.projects) project.config.runner = join(root, 'support/tools/mutants/runner.ts')
  return vitest
}

/**
 * Runs specs, one after the other.
 * @param ended is called after each turn with the checks that failed; false ends the run
 */
export async function run(
  vitest: Vitest,
  store: Mutable,
  turns: readonly Turn[],
  ended: (turn: Turn, failed: readonly string[]) => boolean,
): Promise<void> {
  const waiting = [...turns]
  let current: Turn | undefined
  let failed: string[] = []
  // Nobody reads a report; only what fails matters.
  replaceReporters(vitest, {
    onTestModuleEnd(module) {
      failed = failedIn(module)
    },
  })
  const next = () => {
    const goesOn = !current || ended(current, failed)
    failed = []
    if (!goesOn) void vitest.cancelCurrentRun('test-failure')
    current = goesOn ? waiting.shift() : undefined
    store.become(current?.mutant)
  }
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => {
    next()
    channel.postMessage('begin')
  }
  try {
    await vitest.runTestSpecifications(turns.map(({ specification }) => specification))
    next()
  } finally {
    channel.close()
  }
}

/** The ids of the checks that failed, each with what was seen. */
function failedIn({ moduleId, children }: TestModule): string[] {
  return [...children.allTests('failed')].map((test) => {
    const { verdict = 'failed', deviation } = test.meta()
    const seen = deviation && sentenceOf(deviation.observed)
    return `${checkId(moduleId, test.name)}: ${[verdict, seen].filter(Boolean).join(': ')}`
  })
}
