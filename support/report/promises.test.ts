import { expect, test } from 'vitest'
import { PROMISES, type Promised } from '../promises'
import { behaviourOf } from '../verdicts/ids'
import { promisedChecks } from '../verdicts/manifest'
import { groupBy } from '../verdicts/summary'

/** The number of checks of each promise by file. */
const CHECKS: Readonly<Record<Promised, readonly (readonly [file: string, checks: number])[]>> = {
  'create once': [
    ['race/large-bodies-overlap-and-one-wins', 2],
    ['race/one-put-of-several-wins', 8],
    ['write/if-none-match-star-never-overwrites', 5],
  ],
  'compare-and-swap': [
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/a-plain-write-wins-over-a-conditional-request', 2],
    ['race/increments-by-compare-and-swap-lose-none', 1],
    ['race/large-bodies-overlap-and-one-wins', 2],
    ['race/one-put-of-several-wins', 8],
    ['write/if-match-compares-the-current-version-alone', 2],
    ['write/if-match-overwrites-only-the-named-entity-tag', 5],
  ],
  'source of a copy': [
    ['copy-source/a-refused-copy-leaves-the-destination-as-it-was', 4],
    ['copy-source/if-match-copies-only-the-named-entity-tag', 4],
    ['copy-source/if-modified-since-answers-412-unless-modified-after-the-date', 3],
    ['copy-source/if-none-match-answers-412-for-the-current-entity-tag', 4],
    ['copy-source/if-unmodified-since-refuses-what-was-modified-after-the-date', 4],
  ],
  'destination of a copy': [
    ['copy-destination/if-match-overwrites-only-the-named-entity-tag', 5],
    ['copy-destination/if-none-match-star-never-overwrites', 6],
    ['copy-destination/source-and-destination-conditions-must-both-hold', 3],
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/a-plain-write-wins-over-a-conditional-request', 2],
    ['race/one-copy-of-several-wins', 16],
    ['race/one-of-a-delete-and-another-request-wins', 2],
    ['race/one-of-two-writes-wins', 4],
  ],
  delete: [
    ['delete/an-entry-of-deleteobjects-is-deleted-only-for-its-entity-tag', 4],
    ['delete/each-entry-of-deleteobjects-goes-its-own-way', 3],
    ['delete/if-match-deletes-only-the-named-entity-tag', 4],
    ['race/a-plain-write-wins-over-a-conditional-request', 4],
    ['race/one-delete-of-several-wins', 4],
    ['race/one-of-a-delete-and-another-request-wins', 5],
  ],
  'complete an upload': [
    ['complete-multipart-upload/if-match-overwrites-only-the-named-entity-tag', 4],
    ['complete-multipart-upload/if-none-match-star-never-overwrites', 4],
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/a-plain-write-wins-over-a-conditional-request', 2],
    ['race/large-bodies-overlap-and-one-wins', 4],
    ['race/one-completion-of-several-wins', 16],
    ['race/one-of-two-writes-wins', 2],
  ],
}

test('a check of a promise is a race if it is in specs/race, and only then', () => {
  for (const { id, race } of promisedChecks()) expect([id, race]).toEqual([id, id.startsWith('race/')])
})

test.for(PROMISES)('these checks belong to the promise %s', (promise) => {
  const own = promisedChecks().filter((check) => check.promise === promise)
  const files = [...groupBy(own, ({ id }) => behaviourOf(id))].map(([file, checks]) => [file, checks.length])

  expect(files.sort()).toEqual(CHECKS[promise])
})
