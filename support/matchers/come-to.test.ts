import { expect, test } from 'vitest'
import { toComeTo } from './come-to'

test('is what it comes to', () => {
  expect(toComeTo({ a: [1] }, { a: [1] })).toMatchObject({ pass: true })
})

test('tells people alone what the outcome is instead, and that data was lost', () => {
  expect(toComeTo(['a', 'c'], ['a', 'b', 'c'])).toEqual({
    pass: false,
    expected: { kind: 'outcome', outcome: '["a","b","c"]' },
    observed: [{ kind: 'outcome', is: 'other' }],
    severity: 'data',
    note: '["a","c"]',
  })
})
