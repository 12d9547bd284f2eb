import { isDeepStrictEqual } from 'node:util'
import { type Result, result } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * The combined outcome of concurrent requests, such as the number of winners or the stored bytes, equals `outcome`.
     * Any other outcome has severity `data`.
     */
    toComeTo(outcome: unknown): T
  }
}

/**
 * Compares the outcome of concurrent requests with the expected outcome. A wrong outcome can differ from run to run, so
 * it is displayed but never stored in a baseline.
 */
export function toComeTo(actual: unknown, outcome: unknown): Result {
  return result(
    isDeepStrictEqual(actual, outcome),
    { kind: 'outcome', outcome: JSON.stringify(outcome) },
    [{ kind: 'outcome', is: 'other' }],
    'data',
    { note: JSON.stringify(actual) },
  )
}
