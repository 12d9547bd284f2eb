import { expect, test } from 'vitest'
import { calledAs } from '../stores/stores'
import { readChecks } from '../verdicts/manifest'
import { wanting } from '../verdicts/result-file'
import { readBaselines } from '../verdicts/stored-results'

// Reading a baseline shows more: its schema refuses a stable deviation that contains `holds`, and an unstable one without
// a violation.

const baselines = readBaselines().map((baseline) => [calledAs(baseline.store), baseline] as const)
const ids = new Set(readChecks().map(({ id }) => id))

test.for(baselines)('every deviation of %s names a cause, and every cause has a sentence', ([, baseline]) => {
  expect(wanting(baseline)).toEqual({ uncaused: [], dangling: [], mute: [] })
})

test.for(baselines)('the baseline of %s has checks that there are, and no others', ([, { checks }]) => {
  expect(Object.keys(checks).filter((id) => !ids.has(id))).toEqual([])
})

test.for(baselines)(
  'no stable deviation of %s holds at times, and every unstable one was violated',
  ([, { checks }]) => {
    const pins = Object.entries(checks).filter(
      ([, { verdict }]) => verdict === 'known deviation' || verdict === 'unstable',
    )
    const isSound = ({ verdict, observed = [], violated, rounds = 0 }: (typeof checks)[string]) => {
      if (observed.length === 0) return false
      // A race that is violated in less than half of its rounds is missed by a run now and then.
      if (verdict === 'known deviation') return violated === undefined || violated > rounds / 2
      return violated !== undefined && violated > 0 && violated <= rounds
    }

    expect(pins.filter(([, check]) => !isSound(check)).map(([id]) => id)).toEqual([])
  },
)
