import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { factIds, facts, isFactId, mustBeAsserted } from '../evidence/catalogue'
import { notEncodedYet } from '../evidence/not-encoded-yet'
import { collectSpecs } from './collect'

const modules = await collectSpecs()
const tests = modules.flatMap((module) => [...module.children.allTests()])
const asserted = new Set(tests.flatMap((test) => test.meta().evidence ?? []))

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

test('what is claimed of reads and copies is asserted, too', () => {
  const claimed = factIds.filter((id) => /^[RCD]/.test(id) && facts[id].class === 'claimed')

  expect(claimed.filter((id) => !asserted.has(id))).toEqual([])
})

test('every spec file is one behaviour, and its tests have names of their own', () => {
  for (const module of modules) {
    const behaviours = [...module.children.suites()].map(({ name }) => name)
    // As they will stand in addresses: in small letters, with a dash for all that is neither letter nor digit.
    const names = [...module.children.allTests()].map(({ name }) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-'))
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
