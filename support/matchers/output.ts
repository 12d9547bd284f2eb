import { isDeepStrictEqual } from 'node:util'
import type { Expectation, Observation } from '../observation'
import { type Result, responded, result, settle } from './result'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * The request succeeds, and its output has these members, named as in the SDK. `Body` is compared as text. Use
     * `toReturnStatus` to check the status.
     */
    toHaveOutput(members: Record<string, unknown>): Promise<T>
  }
}

/**
 * Compares the output of a request with the expected members. If the request failed, its response is the only
 * observation.
 */
export async function toHaveOutput(
  this: { isNot?: boolean },
  request: unknown,
  members: Record<string, unknown>,
): Promise<Result> {
  const { error, response, output } = await settle(request)
  const texts = Object.entries(members).map(([name, value]) => [name, JSON.stringify(value)])
  const expected: Expectation = { kind: 'members', members: Object.fromEntries(texts), not: this.isNot ?? false }
  // A failed request makes the assertion fail, with or without `not`.
  if (error) return result(this.isNot ?? false, expected, [responded(response)], 'status')
  const actual = { ...(output as Record<string, unknown>) }
  if ('Body' in members) {
    actual.Body = await (actual.Body as { transformToString(): Promise<string> } | undefined)?.transformToString()
  }
  const names = Object.keys(members)
  const differing = names.filter((name) => !isDeepStrictEqual(actual[name], members[name]))
  const member = (name: string, is: 'missing' | 'other' | 'same'): Observation => {
    return { kind: 'member', operation: response.operation, name, is }
  }
  const observed =
    differing.length > 0
      ? differing.map((name) => member(name, actual[name] === undefined ? 'missing' : 'other'))
      : names.map((name) => member(name, 'same'))
  return result(differing.length === 0, expected, observed, 'detail')
}
