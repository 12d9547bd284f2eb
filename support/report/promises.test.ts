import { expect, test } from 'vitest'
import { PROMISES, type Promised } from '../promises'
import { behaviourOf } from '../verdicts/ids'
import { promisedChecks } from '../verdicts/manifest'
import { groupBy } from '../verdicts/summary'

/** The number of checks for each promise in each spec file. */
const CHECKS: Readonly<Record<Promised, readonly (readonly [file: string, checks: number])[]>> = {
  'create once': [
    ['race/one-of-several-concurrent-puts-succeeds', 8],
    ['race/one-of-several-overlapping-large-writes-succeeds', 2],
    ['write/if-none-match-never-overwrites', 5],
  ],
  'compare-and-swap': [
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/an-unconditional-write-prevails-over-a-conditional-request', 2],
    ['race/one-of-several-concurrent-puts-succeeds', 8],
    ['race/one-of-several-overlapping-large-writes-succeeds', 2],
    ['write/if-match-compares-only-the-current-version', 2],
    ['write/if-match-overwrites-only-for-the-current-etag', 5],
  ],
  'source of a copy': [
    ['copy-source/a-failed-copy-leaves-the-destination-unchanged', 4],
    ['copy-source/if-match-copies-only-the-named-etag', 4],
    ['copy-source/if-modified-since-fails-unless-modified-after-the-date', 3],
    ['copy-source/if-none-match-fails-with-412-for-the-current-etag', 4],
    ['copy-source/if-unmodified-since-fails-if-modified-after-the-date', 5],
  ],
  'destination of a copy': [
    ['copy-destination/if-match-overwrites-only-for-the-current-etag', 5],
    ['copy-destination/if-none-match-never-overwrites', 6],
    ['copy-destination/source-and-destination-conditions-must-both-hold', 3],
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/an-unconditional-write-prevails-over-a-conditional-request', 2],
    ['race/one-of-a-delete-and-another-request-succeeds', 2],
    ['race/one-of-several-concurrent-copies-succeeds', 16],
    ['race/one-of-two-concurrent-writes-succeeds', 4],
  ],
  delete: [
    ['delete/deleteobjects-deletes-an-object-only-for-its-current-etag', 5],
    ['delete/deleteobjects-evaluates-each-entry-separately', 3],
    ['delete/if-match-deletes-only-for-the-current-etag', 4],
    ['race/an-unconditional-write-prevails-over-a-conditional-request', 4],
    ['race/one-of-a-delete-and-another-request-succeeds', 5],
    ['race/one-of-several-concurrent-deletes-succeeds', 4],
  ],
  'complete an upload': [
    ['complete-multipart-upload/if-match-overwrites-only-for-the-current-etag', 4],
    ['complete-multipart-upload/if-none-match-never-overwrites', 6],
    ['race/a-plain-delete-wins-over-a-conditional-write', 2],
    ['race/an-unconditional-write-prevails-over-a-conditional-request', 2],
    ['race/one-of-several-concurrent-completions-succeeds', 16],
    ['race/one-of-several-overlapping-large-writes-succeeds', 4],
    ['race/one-of-two-concurrent-writes-succeeds', 2],
  ],
}

test('a check of a promise is a race if and only if it is in specs/race', () => {
  for (const { id, race } of promisedChecks()) expect([id, race]).toEqual([id, id.startsWith('race/')])
})

test.for(PROMISES)('the listed checks belong to the promise %s', (promise) => {
  const own = promisedChecks().filter((check) => check.promise === promise)
  const files = [...groupBy(own, ({ id }) => behaviourOf(id))].map(([file, checks]) => [file, checks.length])

  expect(files.sort()).toEqual(CHECKS[promise])
})
