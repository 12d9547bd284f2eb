import { expect, test } from 'vitest'
import { canonical, isSame, isWithin, type Observation, worst } from './observation'

const response: Observation = { kind: 'response', operation: 'PutObject', status: 412, code: 'PreconditionFailed' }
const bytes: Observation = { kind: 'object', changed: 'bytes' }
const parts: Observation = { kind: 'parts', parts: [1, 2] }

test('the canonical form does not depend on the order of lists and members', () => {
  const same: Observation = { code: 'PreconditionFailed', status: 412, kind: 'response', operation: 'PutObject' }

  expect(JSON.stringify(canonical([response, bytes, parts]))).toBe(
    JSON.stringify(canonical([parts, same, bytes, response])),
  )
  expect(canonical([bytes, bytes])).toEqual([bytes])
  expect(canonical([parts])).toEqual([parts])
})

test('a canonical observation is plain JSON without undefined', () => {
  const [one = {}] = canonical([{ kind: 'response', operation: 'PutObject', status: undefined } as Observation])

  expect(Object.keys(one)).toEqual(['kind', 'operation'])
})

test('lists are compared without regard to order', () => {
  expect(isSame([response, bytes], [bytes, response])).toBe(true)
  expect(isSame([response], [response, bytes])).toBe(false)
  expect(isSame([parts], [{ kind: 'parts', parts: [2, 1] }])).toBe(false)
  expect(isWithin([response], [response, bytes])).toBe(true)
  expect(isWithin([response, parts], [response, bytes])).toBe(false)
  expect(isWithin([], [])).toBe(true)
})

test('the worst of several severities is returned', () => {
  expect(worst(['detail', 'data', 'status'])).toBe('data')
  expect(worst(['detail', 'status'])).toBe('status')
  expect(worst([])).toBe('detail')
})
