import { evaluate } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { strengthOf } from '../evidence/catalogue'
import { recordings } from './recordings'
import { concretize } from './symbols'

describe('the rules return what Amazon S3 returned when it was recorded', () => {
  test.for(recordings)('$name', ({ operation, when, response: recorded }) => {
    const { request, state } = concretize({ ...when, operations: [operation] }, operation)
    const outcome = evaluate(request, state)

    const expected =
      typeof recorded === 'number' ? { kind: 'success', status: recorded } : { kind: 'failure', error: recorded }
    expect(outcome).toMatchObject(expected)
  })

  test('an error has the elements of the recorded error', () => {
    const elements = ({ status, code, condition, header, additionalMessage, key }: Record<string, unknown>) =>
      Object.entries({ status, code, condition, header, additionalMessage, key })
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
    const different = recordings.filter(({ operation, when, response: recorded }) => {
      const { request, state } = concretize({ ...when, operations: [operation] }, operation)
      const outcome = evaluate(request, state)
      if (operation === 'HeadObject' || typeof recorded === 'number' || outcome.kind !== 'failure') return false
      return elements({ ...outcome.error }).join() !== elements({ ...recorded }).join()
    })

    expect(different.map(({ name }) => name)).toEqual([])
  })

  test('a recorded request with a condition rests on recorded facts', () => {
    const weaker = recordings.filter(({ operation, when }) => {
      const { request, state } = concretize({ ...when, operations: [operation] }, operation)
      const sends = Object.keys(request.headers ?? {}).length > 0
      return sends && strengthOf(evaluate(request, state).steps) !== 'recorded'
    })

    expect(weaker.map(({ name }) => name)).toEqual([])
  })

  test('no recording is listed twice', () => {
    expect(new Set(recordings.map(({ name }) => name)).size).toBe(recordings.length)
  })
})
