import { isDeepStrictEqual } from 'node:util'
import { type Result, result } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * What the requests of many callers come to together, whoever was first: how many have won, what is stored. Where it
     * is something else, data was lost.
     */
    toComeTo(outcome: unknown): T
  }
}

/** What came instead differs from run to run: it is in the message, not in what is pinned. */
export function toComeTo(received: unknown, outcome: unknown): Result {
  const expected = `it comes to ${JSON.stringify(outcome)}.`
  const { pass, message, meta } = result(
    isDeepStrictEqual(received, outcome),
    expected,
    'it comes to something else',
    'data',
  )
  return { pass, message: () => `${message()}: ${JSON.stringify(received)}`, meta: { ...meta, together: true } }
}
