import { isDeepStrictEqual } from 'node:util'
import { type Result, result } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * What concurrent clients lead to together, in whatever order their requests came: how many won, what is stored. Any
     * other outcome is a loss of data.
     */
    toComeTo(outcome: unknown): T
  }
}

/** The actual outcome differs from run to run, so it is only displayed. */
export function toComeTo(received: unknown, outcome: unknown): Result {
  return result(
    isDeepStrictEqual(received, outcome),
    { kind: 'outcome', outcome: JSON.stringify(outcome) },
    [{ kind: 'outcome', is: 'other' }],
    'data',
    { note: JSON.stringify(received) },
  )
}
