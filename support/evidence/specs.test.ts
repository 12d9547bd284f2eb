import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createVitest, type TestModule } from 'vitest/node'
import config from '../../vitest.config'
import '../report/meta'
import { factIds, facts, isFactId, mustBeAsserted } from './catalogue'
import { notEncodedYet } from './not-encoded-yet'

const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = await collectSpecs()
const tests = modules.flatMap((module) => [...module.children.allTests()])
const asserted = new Set(tests.flatMap((test) => test.meta().evidence ?? []))

/** Loads all specs without running them; without the project's global setup, so that no store is started. */
async function collectSpecs(): Promise<TestModule[]> {
  const options = { root, config: false as const, watch: false, include: ['specs/**/*.spec.ts'] }
  const vitest = await createVitest(
    'test',
    { ...options, pool: 'threads', isolate: false },
    { resolve: config.resolve },
  )
  await vitest.collect()
  const found = vitest.state.getTestModules()
  await vitest.close()
  return found
}

test('every test of a spec names facts that the catalogue has', () => {
  expect(tests.length).toBeGreaterThan(0)
  const without = tests.filter((test) => !test.meta().evidence?.length).map(({ fullName }) => fullName)
  const unknown = [...asserted].filter((id) => !isFactId(id))

  expect({ without, unknown }).toEqual({ without: [], unknown: [] })
})

test('no test asserts an open question', () => {
  expect([...asserted].filter((id) => facts[id].class === 'open')).toEqual([])
})

test('every fact that can be asserted is asserted, or stands in the list of those not encoded yet', () => {
  expect(factIds.filter((id) => mustBeAsserted(id) && !asserted.has(id))).toEqual(notEncodedYet)
})

test('every spec file is one behaviour, and its tests have names of their own', () => {
  for (const module of modules) {
    const behaviours = [...module.children.suites()].map(({ name }) => name)
    const names = [...module.children.allTests()].map(({ name }) => name)
    expect(behaviours, module.moduleId).toHaveLength(1)
    expect(new Set(names).size, module.moduleId).toBe(names.length)
  }
})

test('a spec imports the AWS SDK, node and support/test, and nothing else', () => {
  const imports = modules.flatMap(({ moduleId }) =>
    [...readFileSync(moduleId, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from),
  )

  expect(imports.filter((from) => !/^(@aws-sdk\/|node:|\.\.\/\.\.\/support\/test$)/.test(from ?? ''))).toEqual([])
})
