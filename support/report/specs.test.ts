import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { factIds, facts, isFactId, mustBeAsserted } from '../evidence/catalogue'
import { notEncodedYet } from '../evidence/not-encoded-yet'
import { root } from '../paths'
import { faultsOfLedger, slug } from '../verdicts/ids'
import { readChecks } from '../verdicts/manifest'

const checks = readChecks()
const asserted = new Set(checks.flatMap((check) => check.facts))

test('every test of a spec names facts that the catalogue has', () => {
  expect(checks.length).toBeGreaterThan(0)
  const without = checks.filter((check) => check.facts.length === 0).map(({ id }) => id)
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

test('every check has an id of its own, and the ledger of renamed ones is about checks that there are', () => {
  const ledger = JSON.parse(readFileSync(join(root, 'support', 'verdicts', 'aliases.json'), 'utf8'))
  const current = checks.map(({ behaviour, title }) => `${behaviour}/${slug(title)}`)

  expect(checks.length).toBe(new Set(checks.map(({ id }) => id)).size)
  expect(faultsOfLedger(ledger, current)).toEqual([])
})
