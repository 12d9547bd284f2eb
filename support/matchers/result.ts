import { before, difference, type KeyState, lookAgain } from '../fixtures/objects'
import type { Expectation, Finding, Observation, ResponseFields, Severity } from '../observation'
import { findingSentence } from '../sentence'
import { type Exchange, exchangeOf, isAccepted, responseOf } from '../wire/record'

export interface Result extends Finding {
  readonly pass: boolean
}

export function result(
  pass: boolean,
  expected: Expectation,
  observed: readonly Observation[],
  severity: Severity,
  more: Partial<Pick<Finding, 'unchanged' | 'harmless' | 'certain' | 'note'>> = {},
): Result {
  return { pass, expected, observed, severity, ...more }
}

/** Thrown when the observed behaviour differs from the expected behaviour. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'

  constructor(readonly finding: Finding) {
    super(findingSentence(finding))
  }
}

/** A completed request: the exchange on the wire, and the output or error that the client received. */
export interface Settled {
  readonly exchange: Exchange
  readonly response: ResponseFields
  /** What the SDK returned or, for a request sent with `http`, the response. Absent if `error` is present. */
  readonly output?: unknown
  /** The error that the SDK threw or, for a request sent with `http`, a response with a status of 300 or higher. */
  readonly error?: object
  /** The headers of an error or 304 response. Names are in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

interface WithHeaders {
  readonly headers?: Record<string, string>
}

/**
 * Waits for a request that a spec sent with the SDK or with `http`.
 * @throws the error with which `request` was rejected, if no exchange was recorded for that error, for example because
 * the SDK sent no request; TypeError if `request` is not a promise that the SDK or `http` returned
 */
export async function settle(request: unknown): Promise<Settled> {
  const { value, thrown } = await Promise.resolve(request).then(
    (value) => ({ value, thrown: undefined }),
    (error: Error & { $response?: WithHeaders }) => ({ value: error, thrown: error }),
  )
  const exchange = exchangeOf(value)
  if (!exchange) throw thrown ?? new TypeError('This matcher expects the promise that s3.send(…) or http(…) returns.')
  const settled = { exchange, response: responseTo(exchange, thrown !== undefined) }
  if (thrown) return { ...settled, error: thrown, headers: thrown.$response?.headers }
  if ((exchange.response?.status ?? 0) < 300) return { ...settled, output: value }
  return { ...settled, error: value as object, headers: (value as WithHeaders).headers }
}

/**
 * Returns the response of an exchange.
 * @param isThrown whether the SDK threw an error. If the SDK threw although the request succeeded, the body is reported
 * as unreadable.
 */
export function responseTo(exchange: Exchange, isThrown: boolean): ResponseFields {
  const response = responseOf(exchange)
  return isThrown && isAccepted(exchange) ? { ...response, body: 'unreadable by the SDK' } : response
}

export function responded(response: ResponseFields): Observation {
  return { kind: 'response', ...response }
}

/**
 * Returns the result of a matcher that could not read a key or an upload.
 * @throws `error` if it does not come from a recorded request
 */
export function unreadable(expected: Expectation, error: unknown): Result {
  const exchange = exchangeOf(error)
  if (!exchange) throw error
  return result(false, expected, [{ kind: 'look', ...responseOf(exchange) }], 'status')
}

/**
 * Reads the current state of a fixture's key and passes it to `compare`. If reading the state fails, the response to the
 * failed read is the only observation.
 */
export async function compareKey(
  subject: object,
  expected: Expectation,
  compare: (state: KeyState) => readonly [pass: boolean, observed: readonly Observation[]],
): Promise<Result> {
  try {
    const state = await lookAgain(subject)
    const [pass, observed] = compare(state)
    return result(pass, expected, observed, 'data', { unchanged: difference(before(subject), state) === undefined })
  } catch (error) {
    return unreadable(expected, error)
  }
}
