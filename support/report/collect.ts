import { createVitest, type TestModule } from 'vitest/node'
import config from '../../vitest.config'
import { root } from '../paths'
import { behaviourId, checkId } from '../verdicts/ids'
import type { Check } from '../verdicts/manifest'
import type {} from '../verdicts/meta'

/** Collects all checks without running them. Skips the project's global setup, so that no store is started. */
export async function collectChecks(): Promise<Check[]> {
  const options = { root, config: false as const, watch: false, include: ['specs/**/*.spec.ts'] }
  const vitest = await createVitest(
    'test',
    { ...options, pool: 'threads', isolate: false },
    { resolve: config.resolve, ssr: config.ssr },
  )
  await vitest.collect()
  const modules = vitest.state.getTestModules()
  await vitest.close()
  return modules.flatMap(checksIn).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Returns the checks in a spec file. The title of the file's only `describe` block names the behaviour. */
function checksIn(module: TestModule): Check[] {
  const [suite, ...others] = module.children.suites()
  const behaviour = behaviourId(module.moduleId)
  const [error] = module.errors()
  if (error) throw new Error(`specs/${behaviour}.spec.ts failed to load: ${error.message}`)
  // `describe.for` creates several suites, all with the same title.
  if (!suite || others.some(({ name }) => name !== suite.name)) {
    throw new Error(`specs/${behaviour}.spec.ts must contain exactly one describe block.`)
  }
  return [...module.children.allTests()].map((test) => {
    const { evidence = [], docs = '', promise, answer, row } = test.meta()
    return {
      id: checkId(module.moduleId, test.name),
      behaviour,
      title: test.name,
      describe: suite.name,
      facts: evidence,
      docs,
      ...(promise && { promise, race: test.options.repeats !== undefined }),
      ...(answer !== undefined && { answer }),
      ...(row !== undefined && { row }),
    }
  })
}
