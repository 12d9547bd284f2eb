import { expect, test } from 'vitest'
import { type FactId, factIds, facts, isFactId, mustBeAsserted } from '../evidence/catalogue'
import { aliases, aliasProblems, slug } from '../verdicts/ids'
import { readChecks } from '../verdicts/manifest'

/** The facts that must be asserted but that no spec asserts yet, in the order of the catalogue. */
const NOT_ENCODED_YET: readonly FactId[] = []

const checks = readChecks()
const asserted = new Set(checks.flatMap((check) => check.facts))

test('every check names facts, and all of them exist', () => {
  expect(checks.length).toBeGreaterThan(0)
  const without = checks.filter((check) => check.facts.length === 0).map(({ id }) => id)
  const unknown = [...asserted].filter((id) => !isFactId(id))

  expect({ without, unknown }).toEqual({ without: [], unknown: [] })
})

test('no check asserts an open fact', () => {
  expect([...asserted].filter((id) => facts[id].class === 'open')).toEqual([])
})

test('every fact that can be asserted is asserted, or is listed as not encoded yet', () => {
  expect(factIds.filter((id) => mustBeAsserted(id) && !asserted.has(id))).toEqual(NOT_ENCODED_YET)
})

test('the facts about reads and copies are asserted even if they are only claimed', () => {
  const claimed = factIds.filter((id) => /^[RCD]/.test(id) && facts[id].class === 'claimed')

  expect(claimed.filter((id) => !asserted.has(id))).toEqual([])
})

test('every check has its own id, and every alias refers to a check that exists', () => {
  const current = checks.map(({ behaviour, title }) => `${behaviour}/${slug(title)}`)

  expect(checks.length).toBe(new Set(checks.map(({ id }) => id)).size)
  expect(aliasProblems(aliases, current)).toEqual([])
})
