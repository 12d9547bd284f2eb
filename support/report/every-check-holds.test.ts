import { expect, test } from 'vitest'
import { catalogue } from './catalogue'

// A check that was seen to hold nowhere may be one that cannot hold: update the baseline of the
// reference store, `S3_TARGET=reference npm run baseline`, and mend the check, its facts, or the rules.

const { behaviours } = catalogue()
const checks = behaviours.flatMap((behaviour) => behaviour.checks)

test('every check was seen to hold on a store', () => {
  const nowhere = checks.filter((check) => !check.results.some((result) => result?.verdict === 'holds'))

  expect(nowhere.map(({ id }) => id)).toEqual([])
})
