import { type Exchange, exchangeOf, isAccepted, responseOf } from '../exchange/record'
import type { Expectation, Finding, Observation, ResponseFields, Severity } from '../observation'
import { findingSentence } from '../sentence'

/** What a matcher found, and whether it is what was expected. */
export interface Result extends Finding {
  readonly pass: boolean
}

/** What a matcher returns. */
export function result(
  pass: boolean,
  expected: Expectation,
  observed: readonly Observation[],
  severity: Severity,
  more: Partial<Pick<Finding, 'unchanged' | 'certain' | 'note'>> = {},
): Result {
  return { pass, expected, observed, severity, ...more }
}

/** A matcher did not find what was expected. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'

  constructor(readonly finding: Finding) {
    super(findingSentence(finding))
  }
}

/** What became of a request: its response as it went over the wire, and what the SDK made of it. */
export interface Settled {
  readonly exchange: Exchange
  readonly response: ResponseFields
  /** What the SDK threw, or the response to plain HTTP, which nothing throws: 300 or more. */
  readonly error?: object
  /** Of that response, by lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
}

interface WithHeaders {
  readonly headers?: Record<string, string>
}

/**
 * Waits for a request that a spec has sent, by the SDK or by plain HTTP.
 * @throws what the SDK threw if it sent no request, and TypeError for anything but a request
 */
export async function settle(sent: unknown): Promise<Settled> {
  const { value, thrown } = await Promise.resolve(sent).then(
    (value) => ({ value, thrown: undefined }),
    (error: Error & { $response?: WithHeaders }) => ({ value: error, thrown: error }),
  )
  const exchange = exchangeOf(value)
  if (!exchange) throw thrown ?? new TypeError('This matcher takes what s3.send(…) or http(…) returned.')
  const settled = { exchange, response: responseTo(exchange, thrown !== undefined) }
  if (thrown) return { ...settled, error: thrown, headers: thrown.$response?.headers }
  if ((exchange.response?.status ?? 0) < 300) return settled
  return { ...settled, error: value as object, headers: (value as WithHeaders).headers }
}

/**
 * The response to a request.
 * @param isThrown whether the SDK threw: of a response that succeeded, it could not read the body then
 */
export function responseTo(exchange: Exchange, isThrown: boolean): ResponseFields {
  const response = responseOf(exchange)
  return isThrown && isAccepted(exchange) ? { ...response, body: 'unreadable by the SDK' } : response
}

/** The response of the store to a request of the spec, as an observation. */
export function responded(response: ResponseFields): Observation {
  return { kind: 'response', ...response }
}

/**
 * What a matcher found if the store did not let it look.
 * @throws the error itself if it is not a response of the store
 */
export function cannotLook(expected: Expectation, error: unknown): Result {
  const exchange = exchangeOf(error)
  if (!exchange) throw error
  return result(false, expected, [{ kind: 'look', ...responseOf(exchange) }], 'status')
}
