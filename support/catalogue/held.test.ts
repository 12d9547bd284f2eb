import { expect, test } from 'vitest'
import { catalogue } from './catalogue'

// A check that was seen to hold nowhere may be one that cannot hold: update the baseline of the
// reference store, `S3_TARGET=reference npm run baseline`, and mend the check, its facts, or the rules.

const { behaviours, stores } = catalogue()
const checks = behaviours.flatMap((behaviour) => behaviour.checks)

/** Where no store has what a check needs, each says why. */
function isNowhereApplicable({ results, needs }: (typeof checks)[number]): boolean {
  return (
    needs.length > 0 &&
    stores.every(
      ({ result }, n) => results[n]?.verdict === 'unsupported' && needs.some((need) => result.unsupported[need]),
    )
  )
}

test('every check was seen to hold on a store', () => {
  const nowhere = checks.filter(
    (check) => !check.results.some((result) => result?.verdict === 'holds') && !isNowhereApplicable(check),
  )

  expect(nowhere.map(({ id }) => id)).toEqual([])
})
