import { expect, test } from 'vitest'
import { type FactId, facts } from './catalogue'
import { sources } from './sources'

const all = Object.entries(facts) as [FactId, (typeof facts)[FactId]][]

const isoDate = /^20\d\d-\d\d-\d\d$/

test('the ids are those that were given out, and each stays what it is', () => {
  const perLetter = { R: 63, C: 35, D: 17, P: 34, M: 26, X: 28, E: 20, A: 14, S: 29 }
  const ids = Object.entries(perLetter).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, n) => `${letter}${String(n + 1).padStart(2, '0')}`),
  )

  expect(Object.keys(facts).sort()).toEqual(ids.sort())
})

test('every fact is one sentence with a source and a date', () => {
  const wrong = all.filter(
    ([, { says, sources: from, date }]) => !/^[A-Z][^\n]*\.$/.test(says) || from.length === 0 || !isoDate.test(date),
  )

  expect(wrong).toEqual([])
})

test('a fact has an answer exactly when it is about one request', () => {
  expect(all.filter(([, { when, answer }]) => !answer !== !when)).toEqual([])
})

test('no two facts give different answers to the same request', () => {
  const answers = new Map<string, string>()
  for (const [id, { when, answer }] of all) {
    for (const operation of when?.operations ?? []) {
      const request = JSON.stringify({ ...when, operations: operation })
      const before = answers.get(request) ?? JSON.stringify(answer)
      expect(JSON.stringify(answer), `${id}, ${request}`).toBe(before)
      answers.set(request, before)
    }
  }
})

test('every source has a link that can be followed, and a date', () => {
  const wrong = Object.values(sources).filter(
    ({ link, date }) => new URL(link).protocol !== 'https:' || !isoDate.test(date),
  )

  expect(wrong).toEqual([])
})
