import type { Expectation, Finding, Observation, ResponseFields, Severity } from '../observation'
import { findingSentence } from '../sentence'
import { type Exchange, exchangeOf, isAccepted, responseOf } from '../wire/record'

/** The finding of a matcher, and whether the matcher passes. */
export interface Result extends Finding {
  readonly pass: boolean
}

/** Makes the result of a matcher. */
export function result(
  pass: boolean,
  expected: Expectation,
  observed: readonly Observation[],
  severity: Severity,
  more: Partial<Pick<Finding, 'unchanged' | 'harmless' | 'certain' | 'note'>> = {},
): Result {
  return { pass, expected, observed, severity, ...more }
}

/** The observed behaviour differs from the expected behaviour. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'

  constructor(readonly finding: Finding) {
    super(findingSentence(finding))
  }
}

/** A completed request: its response on the wire, and the output or error from the SDK. */
export interface Settled {
  readonly exchange: Exchange
  readonly response: ResponseFields
  /** The output of the SDK; absent if it threw. */
  readonly output?: unknown
  /** The error that the SDK threw. Plain HTTP does not throw: the response, if its status is 300 or more. */
  readonly error?: object
  /** The headers of the response on the wire, with lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
}

interface WithHeaders {
  readonly headers?: Record<string, string>
}

/**
 * Waits for a request of a spec, sent with the SDK or over plain HTTP.
 * @throws the SDK's error if it sent no request, and TypeError if the value is not a request
 */
export async function settle(request: unknown): Promise<Settled> {
  const { value, thrown } = await Promise.resolve(request).then(
    (value) => ({ value, thrown: undefined }),
    (error: Error & { $response?: WithHeaders }) => ({ value: error, thrown: error }),
  )
  const exchange = exchangeOf(value)
  if (!exchange) throw thrown ?? new TypeError('This matcher expects the promise that s3.send(…) or http(…) returned.')
  const settled = { exchange, response: responseTo(exchange, thrown !== undefined) }
  if (thrown) return { ...settled, error: thrown, headers: thrown.$response?.headers }
  if ((exchange.response?.status ?? 0) < 300) return { ...settled, output: value }
  return { ...settled, error: value as object, headers: (value as WithHeaders).headers }
}

/**
 * Returns the response to a request.
 * @param isThrown whether the SDK threw. If the response is a success, the SDK failed to read its body.
 */
export function responseTo(exchange: Exchange, isThrown: boolean): ResponseFields {
  const response = responseOf(exchange)
  return isThrown && isAccepted(exchange) ? { ...response, body: 'unreadable by the SDK' } : response
}

/** Returns the store's response to a request from the spec, as an observation. */
export function responded(response: ResponseFields): Observation {
  return { kind: 'response', ...response }
}

/**
 * Returns the result of a matcher that failed to read a key or an upload.
 * @throws the error itself if the store did not respond
 */
export function unreadable(expected: Expectation, error: unknown): Result {
  const exchange = exchangeOf(error)
  if (!exchange) throw error
  return result(false, expected, [{ kind: 'look', ...responseOf(exchange) }], 'status')
}
