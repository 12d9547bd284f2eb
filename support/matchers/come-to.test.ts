import { expect, test } from 'vitest'
import { toComeTo } from './come-to'

test('the expected outcome passes', () => {
  expect(toComeTo({ a: [1] }, { a: [1] })).toMatchObject({ pass: true })
})

test('a different outcome has severity data and is only displayed', () => {
  expect(toComeTo(['a', 'c'], ['a', 'b', 'c'])).toEqual({
    pass: false,
    expected: { kind: 'outcome', outcome: '["a","b","c"]' },
    observed: [{ kind: 'outcome', is: 'other' }],
    severity: 'data',
    note: '["a","c"]',
  })
})
