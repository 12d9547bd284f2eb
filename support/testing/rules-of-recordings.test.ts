import { evaluate } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { strengthOf } from '../evidence/catalogue'
import { recordings } from './recordings'
import { instantiate } from './symbols'

describe('the rules answer as Amazon S3 did when it was recorded', () => {
  test.for(recordings)('$name', ({ operation, when, answer: recorded }) => {
    const { request, state } = instantiate({ ...when, operations: [operation] }, operation)
    const outcome = evaluate(request, state)

    const expected =
      typeof recorded === 'number' ? { kind: 'success', status: recorded } : { kind: 'failure', error: recorded }
    expect(outcome).toMatchObject(expected)
  })

  test('a refusal has no more elements than the recorded one', () => {
    const elements = ({ status, code, condition, header, additionalMessage, key }: Record<string, unknown>) =>
      Object.entries({ status, code, condition, header, additionalMessage, key })
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
    const more = recordings.filter(({ operation, when, answer: recorded }) => {
      const { request, state } = instantiate({ ...when, operations: [operation] }, operation)
      const outcome = evaluate(request, state)
      if (operation === 'HeadObject' || typeof recorded === 'number' || outcome.kind !== 'failure') return false
      return elements({ ...outcome.error }).join() !== elements({ ...recorded }).join()
    })

    expect(more.map(({ name }) => name)).toEqual([])
  })

  test('what was recorded is known as recorded, once a condition is sent', () => {
    const weaker = recordings.filter(({ operation, when }) => {
      const { request, state } = instantiate({ ...when, operations: [operation] }, operation)
      const sends = Object.keys(request.headers ?? {}).length > 0
      return sends && strengthOf(evaluate(request, state).steps) !== 'recorded'
    })

    expect(weaker.map(({ name }) => name)).toEqual([])
  })

  test('no answer is told twice', () => {
    expect(new Set(recordings.map(({ name }) => name)).size).toBe(recordings.length)
  })
})
