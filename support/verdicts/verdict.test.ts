import { expect, test } from 'vitest'
import type { Observation } from '../observation'
import type { Outcome } from './outcome'
import { judge, type Pin, type Verdict } from './verdict'

const returned200: Observation = { kind: 'response', operation: 'PutObject', status: 200 }
const failed500: Observation = { kind: 'response', operation: 'PutObject', status: 500 }
const several: Observation = { kind: 'race', winners: 'several' }
const added: Observation = { kind: 'versions', gained: 'several' }
const metadata: Observation = { kind: 'object', changed: 'metadata' }

const held: Outcome = { kind: 'held' }
const differed = (...observed: Observation[]): Outcome => {
  return { kind: 'differed', observed, severity: 'data', expected: { kind: 'success', status: 200 } }
}
const silent: Outcome = { kind: 'no response', observed: [failed500], isCrash: true }

const known = (...observed: Observation[]): Pin => ({ verdict: 'known deviation', observed, why: 'because' })
const race = { ...known(several, added), rounds: 30, violated: 30 }
const unstable: Pin = { ...race, verdict: 'unstable', violated: 3 }

test.for<[string, Verdict, Parameters<typeof judge>]>([
  ['what holds', 'holds', [held]],
  ['what differs as the baseline has it', 'known deviation', [differed(returned200), known(returned200)]],
  ['what differs in another way', 'changed deviation', [differed(returned200), known(failed500)]],
  ['a part of what the baseline has', 'changed deviation', [differed(returned200), known(returned200, metadata)]],
  ['what the baseline has and holds', 'no longer deviates', [held, known(returned200)]],
  ['what differs and the baseline does not have', 'deviation', [differed(returned200)]],
  ['a fixture that failed, deviation or not', 'setup failure', [{ kind: 'setup failed' }, known(returned200)]],
  ['what the store lacks', 'unsupported', [{ kind: 'unsupported', capability: 'kms', reason: 'none' }]],
  ['no response, and the baseline has another deviation', 'no response', [silent, known(returned200)]],
  ['no response every time, as the baseline has it', 'known deviation', [silent, known(failed500)]],
  ['what differs on Amazon S3', 'contradicts the reference', [differed(returned200), undefined, true]],
  ['no response of Amazon S3', 'no response', [silent, known(failed500), true]],
  ['a race that shows some of what was seen in all rounds', 'known deviation', [differed(several), race]],
  ['a race that shows something else', 'changed deviation', [differed(several, metadata), race]],
  ['a race that holds, and was always violated', 'no longer deviates', [held, race]],
  ['an unstable race that is violated', 'unstable', [differed(several), unstable]],
  ['an unstable race that holds', 'unstable', [held, unstable]],
  ['an unstable race that shows something else', 'changed deviation', [differed(several, metadata), unstable]],
])('judges %s: %s', ([, verdict, args]) => {
  expect(judge(...args)).toBe(verdict)
})
