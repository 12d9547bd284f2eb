import { expect, test } from 'vitest'
import { catalogue } from './catalogue'

const { behaviours } = catalogue()
const checks = behaviours.flatMap((behaviour) => behaviour.checks)

test('every check holds on at least one store', () => {
  const nowhere = checks.filter((check) => !check.results.some((result) => result?.verdict === 'holds'))

  expect(
    nowhere.map(({ id }) => id),
    'A check that holds on no store may be impossible to pass. If a title was renamed, see support/verdicts/aliases.json. ' +
      'Otherwise run S3_TARGET=reference npm run baseline. If a check still does not hold, correct it, its facts, or a rule.',
  ).toEqual([])
})
