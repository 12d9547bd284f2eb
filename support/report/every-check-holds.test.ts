import { expect, test } from 'vitest'
import { catalogue } from './catalogue'

// A check that holds on no store may be impossible to pass. If this test fails, update the baseline of the reference
// store with `S3_TARGET=reference npm run baseline`. If the check still holds on no store, correct the check, its
// facts, or the rules of the reference store.

const { behaviours } = catalogue()
const checks = behaviours.flatMap((behaviour) => behaviour.checks)

test('every check holds on at least one store', () => {
  const nowhere = checks.filter((check) => !check.results.some((result) => result?.verdict === 'holds'))

  expect(nowhere.map(({ id }) => id)).toEqual([])
})
