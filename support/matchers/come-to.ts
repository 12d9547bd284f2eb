import { isDeepStrictEqual } from 'node:util'
import { type Result, result } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * What the requests of many clients lead to together, in whatever order they came: how many won, what is stored. If
     * it is something else, data was lost.
     */
    toComeTo(outcome: unknown): T
  }
}

/** What the outcome is instead differs from run to run, so that only people are told. */
export function toComeTo(received: unknown, outcome: unknown): Result {
  return result(
    isDeepStrictEqual(received, outcome),
    { kind: 'outcome', outcome: JSON.stringify(outcome) },
    [{ kind: 'outcome', is: 'other' }],
    'data',
    { note: JSON.stringify(received) },
  )
}
