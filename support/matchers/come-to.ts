import { isDeepStrictEqual } from 'node:util'
import { type Result, result } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * The combined outcome of concurrent requests in any order, such as the number of winners or the stored bytes. Any
     * other outcome has severity `data`.
     */
    toComeTo(outcome: unknown): T
  }
}

/** Compares outcomes. The actual outcome differs from run to run, so it is only displayed. */
export function toComeTo(actual: unknown, outcome: unknown): Result {
  return result(
    isDeepStrictEqual(actual, outcome),
    { kind: 'outcome', outcome: JSON.stringify(outcome) },
    [{ kind: 'outcome', is: 'other' }],
    'data',
    { note: JSON.stringify(actual) },
  )
}
