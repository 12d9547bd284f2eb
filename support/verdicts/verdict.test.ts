import { expect, test } from 'vitest'
import type { Observation } from '../observation'
import { failed500, returned200 } from '../testing/results'
import type { Outcome } from './outcome'
import { type BaselineEntry, judge, type Verdict } from './verdict'

const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }
const metadata: Observation = { kind: 'object', changed: 'metadata' }

const held: Outcome = { kind: 'held' }
const differed = (...observed: Observation[]): Outcome => {
  return { kind: 'differed', observed, severity: 'data', expected: { kind: 'success', status: 200 } }
}
const unanswered: Outcome = { kind: 'no response', observed: [failed500], isCrash: true }

const known = (...observed: Observation[]): BaselineEntry => ({ verdict: 'known deviation', observed, why: 'because' })
const race = { ...known(several, added), rounds: 30, violated: 30 }
const unstable: BaselineEntry = { ...race, verdict: 'unstable', violated: 3 }

test.for<[string, Verdict, [Outcome, BaselineEntry?, string?]]>([
  ['a check that holds', 'holds', [held]],
  ['the deviation of the baseline', 'known deviation', [differed(returned200), known(returned200)]],
  ['a deviation other than the one in the baseline', 'changed deviation', [differed(returned200), known(failed500)]],
  [
    'only a part of the deviation in the baseline',
    'changed deviation',
    [differed(returned200), known(returned200, metadata)],
  ],
  ['a check that holds, with a deviation in the baseline', 'no longer deviates', [held, known(returned200)]],
  ['a deviation without an entry in the baseline', 'deviation', [differed(returned200)]],
  [
    'a failed fixture with a deviation in the baseline',
    'setup failure',
    [{ kind: 'setup failed' }, known(returned200)],
  ],
  ['an unsupported capability', 'unsupported', [{ kind: 'unsupported', capability: 'kms', reason: 'none' }]],
  ['no response, with a different deviation in the baseline', 'no response', [unanswered, known(returned200)]],
  ['no response in every attempt, as in the baseline', 'known deviation', [unanswered, known(failed500)]],
  ['a deviation on Amazon S3', 'contradicts the reference', [differed(returned200), undefined, 'aws']],
  ['a deviation on the reference store', 'deviation', [differed(returned200), undefined, 'reference']],
  ['no response from Amazon S3', 'no response', [unanswered, known(failed500), 'aws']],
  ['a race with some of the violations in the baseline', 'known deviation', [differed(several), race]],
  ['a race with a violation that is not in the baseline', 'changed deviation', [differed(several, metadata), race]],
  ['a race that holds but has a violation in every round in the baseline', 'no longer deviates', [held, race]],
  ['an unstable race with a violation', 'unstable', [differed(several), unstable]],
  ['an unstable race that holds', 'unstable', [held, unstable]],
  [
    'an unstable race with a violation that is not in the baseline',
    'changed deviation',
    [differed(several, metadata), unstable],
  ],
])('the verdict on %s is: %s', ([, verdict, [outcome, entry, store = 'localstack']]) => {
  expect(judge(outcome, entry, store)).toBe(verdict)
})
