import { expect, test } from 'vitest'
import { readChecks } from '../catalogue/checks'
import { calledAs } from '../stores/stores'
import { readRecordings } from './files'
import { wanting } from './format'

const recordings = readRecordings().map((result) => [calledAs(result.store), result] as const)
const ids = new Set(readChecks().map(({ id }) => id))

test.for(recordings)('every known deviation of %s names a cause, and every cause has a sentence', ([, result]) => {
  expect(wanting(result)).toEqual([])
})

test.for(recordings)('the result of %s is about checks that there are', ([, { checks }]) => {
  expect(Object.keys(checks).filter((id) => !ids.has(id))).toEqual([])
})

test.for(recordings)('%s has several answers only where they differ', ([, { checks }]) => {
  const lists = Object.values(checks).flatMap(({ observed }) => (Array.isArray(observed) ? [observed] : []))

  expect(lists.filter((list) => new Set(list).size < list.length)).toEqual([])
})
