import { expect, test } from 'vitest'
import { toComeTo } from './come-to'

test('is what it comes to', () => {
  expect(toComeTo({ a: [1] }, { a: [1] })).toMatchObject({ pass: true })
})

test('says what came in the message alone, and that data was lost', () => {
  const { pass, message, meta } = toComeTo(['a', 'c'], ['a', 'b', 'c'])

  expect(pass).toBe(false)
  expect(message()).toContain('it comes to something else: ["a","c"]')
  expect(meta).toEqual({ observed: 'it comes to something else', level: 'data', together: true })
})
