import { expect, test } from 'vitest'
import { calledAs } from '../stores/stores'
import { ALIASES } from '../verdicts/ids'
import { readChecks } from '../verdicts/manifest'
import { missingCauses } from '../verdicts/result-file'
import { readBaselines } from '../verdicts/stored-results'

// Everything else in a baseline is checked against the schema when the baseline is read.

const baselines = readBaselines().map((baseline) => [calledAs(baseline.store), baseline] as const)
const ids = new Set(readChecks().map(({ id }) => id))

test.for(baselines)('every deviation of %s has a cause, and every cause has a sentence', ([, baseline]) => {
  expect(missingCauses(baseline)).toEqual({ withoutCause: [], undefinedCause: [], emptyCauses: [] })
})

test.for(baselines)('the baseline of %s contains only checks that exist', ([, { checks }]) => {
  expect(
    Object.keys(checks).filter((id) => !ids.has(id)),
    `If you renamed a spec or a title, add the new id and the old id of each check to ${ALIASES}, and run npm run docs. ` +
      'If you removed a check, run npm run baseline',
  ).toEqual([])
})

test.for(baselines)(
  'every race that is a known deviation of %s was violated in most rounds, and every unstable race in at least one',
  ([, { checks }]) => {
    const deviations = Object.entries(checks).filter(
      ([, { verdict }]) => verdict === 'known deviation' || verdict === 'unstable',
    )
    const isSound = ({ verdict, observed = [], violated, rounds = 0 }: (typeof checks)[string]) => {
      if (observed.length === 0) return false
      // If at most half of a race's rounds violate the expectation, a run can miss the violation, so the race must be
      // recorded as unstable.
      if (verdict === 'known deviation') return violated === undefined || violated > rounds / 2
      return violated !== undefined && violated > 0 && violated <= rounds
    }

    expect(deviations.filter(([, check]) => !isSound(check)).map(([id]) => id)).toEqual([])
  },
)
