import { readFileSync } from 'node:fs'
import { createVitest, type TestModule } from 'vitest/node'
import config from '../../vitest.config'
import type {} from '../judge/meta'
import { root } from '../paths'
import { behaviourId, checkId } from '../results/ids'
import type { Capability } from '../stores/store'
import type { Check } from './checks'

/** Loads all specs without running them: without the project's global setup, so that no store is started. */
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

/** What the fixtures and matchers of a test need, which the test itself need not say. */
const NEED: readonly (readonly [RegExp, ...Capability[]])[] = [
  [/\bversioned(Bucket|Key|Object)\b|\bversioning: true\b/, 'versioning', 'list-versions'],
  [/\bpublicBucket\b/, 'public-access'],
  [/\bwebsite\b/, 'website', 'public-access'],
  [/\btoHaveParts\b/, 'list-parts'],
]

/** The text of a test in the text of its spec: from its title to the next one's. */
function textOf(name: string, spec: string): string {
  const titles = [...spec.matchAll(/\btest(?:\.for\([^']*?\))?\(\s*'([^']+)'/g)]
  const at = titles.findIndex(([, title = '']) => {
    const words = title.split(/%[a-z]|\$[\w.]+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${words.join('.*')}$`).test(name)
  })
  // A title that is made up when the spec is loaded: of a table, whose uploads alone are looked at.
  if (at < 0) return name.startsWith('UploadPart') ? spec : ''
  return spec.slice(titles[at]?.index, titles[at + 1]?.index)
}

function neededBy(text: string): Capability[] {
  return NEED.flatMap(([word, ...needs]) => (word.test(text) ? needs : []))
}

/** The checks of a spec file, which is one behaviour: one `describe` with flat tests. */
function checksIn(module: TestModule): Check[] {
  const [suite, ...others] = module.children.suites()
  const behaviour = behaviourId(module.moduleId)
  const [error] = module.errors()
  if (error) throw new Error(`specs/${behaviour}.spec.ts does not load: ${error.message}`)
  // A table of sizes or other rows is one describe for each row, all of one sentence.
  if (!suite || others.some(({ name }) => name !== suite.name)) {
    throw new Error(`specs/${behaviour}.spec.ts has more than one describe, or none.`)
  }
  const text = readFileSync(module.moduleId, 'utf8')
  return [...module.children.allTests()].map((test) => {
    const { evidence = [], needs = [], docs = '', promise, answer, row } = test.meta()
    return {
      id: checkId(module.moduleId, test.name),
      behaviour,
      title: test.name,
      describe: suite.name,
      facts: evidence,
      needs: [...new Set([...needs, ...neededBy(textOf(test.name, text))])],
      docs,
      ...(promise && { promise, race: test.options.repeats !== undefined }),
      ...(answer !== undefined && { answer }),
      ...(row !== undefined && { row }),
    }
  })
}
