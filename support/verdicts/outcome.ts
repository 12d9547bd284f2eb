import { Unsupported } from '../errors'
import { SetupFailure } from '../fixtures/set-up'
import { responded, responseTo } from '../matchers/result'
import type { Failure } from '../matchers/running'
import { canonical, type Expectation, type Finding, type Observation, type Severity, worst } from '../observation'
import { isCrash, isNoResponse, isTransient, retryAfterMs } from '../wire/no-response'
import { isRaced } from '../wire/raced'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf, type Sender } from '../wire/record'

/** The outcome of a test before it is compared with the store's baseline. */
export type Outcome =
  | { readonly kind: 'held' }
  /** The store deviates. `expected` comes from the first failed assertion. */
  | {
      readonly kind: 'differed'
      readonly observed: readonly Observation[]
      readonly severity: Severity
      readonly expected: Expectation
    }
  | { readonly kind: 'setup failed' }
  /** The store lacks a capability that the check needs, and this became apparent only while the check ran. */
  | { readonly kind: 'unsupported'; readonly capability: string; readonly reason: string }
  | NoResponse

/** A request got no response or a transient error. This is a deviation only if it happens in every attempt. */
export interface NoResponse {
  readonly kind: 'no response'
  /** The missing response or the transient error, as observations. */
  readonly observed: readonly Observation[]
  /** The sender of the request; absent if the connection broke before anything was recorded. */
  readonly by?: Sender
  /** Whether the store crashed on a request from the spec or a fixture: it returned 500 or closed the connection. */
  readonly isCrash: boolean
  /** The delay before the next attempt, in milliseconds. Set only if the store throttled the request. */
  readonly throttledForMs?: number
}

export interface Ended {
  readonly failures: readonly Failure[]
  /**
   * The error that ended the test early, caused by a bug or by a failed request that the spec awaits without a matcher.
   */
  readonly thrown?: unknown
  /** The requests that the spec, its fixtures and its matchers sent. */
  readonly exchanges: readonly Exchange[]
  /** Changes made by failed requests. Excludes changes to keys and uploads that a matcher has checked. */
  readonly silentChanges?: readonly Observation[]
}

/**
 * Derives the outcome of a test. A failed assertion is a deviation. The failure of a request that the spec awaits
 * without a matcher is also a deviation, because on S3 that request succeeds. An exception after a failed assertion,
 * such as a TypeError for an undefined value, is a consequence of the failure. Any other exception is a bug in the
 * suite.
 */
export function outcomeOf({ failures, thrown, exchanges, silentChanges = [] }: Ended): Outcome {
  const failed = failures.map(({ error }) => error)
  // Vitest also rethrows errors from assertions that were not awaited. These errors are already in `failures`.
  const errors = unwrapped(thrown).filter((error) => !failed.includes(error))
  if (failures.length === 0 && errors.length === 0) return { kind: 'held' }

  const unanswered = noResponseIn(errors, exchanges)
  if (unanswered && !failures.some(({ finding }) => finding?.certain)) return { kind: 'no response', ...unanswered }
  const unsupported = [...failed, ...errors].find((error) => error instanceof Unsupported)
  if (unsupported && failed.every((error) => error instanceof Unsupported)) {
    return { kind: 'unsupported', capability: unsupported.capability, reason: unsupported.message }
  }
  if (errors.some((error) => error instanceof SetupFailure)) return { kind: 'setup failed' }

  const findings = [
    ...failures.map(({ finding, error }) => finding ?? findingIn(error)),
    ...errors.map(findingIn),
  ].filter((finding) => finding !== undefined)
  const [first] = findings
  return first
    ? { ...differed(findings, exchanges, silentChanges), expected: first.expected }
    : { kind: 'setup failed' }
}

/** The kinds of observations that show how the store responded. */
const RESPONSES: readonly Observation['kind'][] = ['response', 'race', 'loser', 'outcome']

function differed(findings: readonly Finding[], exchanges: readonly Exchange[], silentChanges: readonly Observation[]) {
  const sent = exchanges.filter(({ by, response }) => by === 'spec' && response)
  const last = sent.at(-1)
  const found = findings.flatMap(({ observed }) => observed)
  // Observations about the state of a key need the last response as context. Concurrent requests have no last response.
  const needsResponse = last && !found.some(({ kind }) => RESPONSES.includes(kind)) && !sent.some(isRaced)
  const observed = canonical([...(needsResponse ? [responded(responseOf(last))] : []), ...found, ...silentChanges])
  const write = sent.findLast(isWrite)
  const writes = write && isRaced(write) ? sent.filter(isRaced) : [write ?? []].flat()
  const isLook = ({ unchanged }: Finding) => unchanged !== undefined
  // If the response to a write deviates but no data was lost, the finding that the key has changed gets only the
  // severity `status`.
  const isHarmless = findings.some((finding) => finding.harmless) && !findings.some(isLoss)
  // If all writes failed and the key is unchanged, no data was lost: only the status differs.
  const allFailed = writes.length > 0 && !writes.some(isAccepted)
  const severities = findings.map((finding) => {
    return isLook(finding) && (isHarmless || (finding.unchanged && allFailed)) ? 'status' : finding.severity
  })
  return {
    kind: 'differed' as const,
    observed,
    severity: worst([...severities, ...silentChanges.map(() => 'data' as const)]),
  }
}

/** Whether a finding about a response shows data loss. Returns false for findings about the state of a key. */
function isLoss({ severity, unchanged }: Finding): boolean {
  return severity === 'data' && unchanged === undefined
}

/** Flattens an error into a list. Vitest throws an array if there are several errors. */
function unwrapped(error: unknown): unknown[] {
  if (error === undefined) return []
  if (Array.isArray(error)) return error.flatMap(unwrapped)
  return error instanceof AggregateError && !isNoResponse(error) ? error.errors.flatMap(unwrapped) : [error]
}

/**
 * Finds a request that got no response. Prefers the request whose failure ended the test, then any other request from
 * the spec, then a request from a fixture or a matcher.
 */
function noResponseIn(
  errors: readonly unknown[],
  exchanges: readonly Exchange[],
): Omit<NoResponse, 'kind'> | undefined {
  const isOwn = (exchange?: Exchange) => exchange?.by === 'spec' && isTransient(exchange)
  const own = errors.map(exchangeOf).find(isOwn) ?? exchanges.find(isOwn)
  const givenUp = exchanges.find(
    (exchange, n) =>
      exchange.by !== 'spec' && isTransient(exchange) && !exchanges.slice(n + 1).some(isSameAs(exchange)),
  )
  const exchange = own ?? givenUp ?? errors.map(requestOf).find((one) => one && isTransient(one))
  if (exchange) {
    const { by } = exchange
    const response = responseOf(exchange)
    const throttledForMs = retryAfterMs(exchange)
    return {
      observed: [by === 'matcher' ? { kind: 'look', ...response } : responded(response)],
      by,
      isCrash: by !== 'matcher' && isCrash(exchange),
      ...(throttledForMs !== undefined && { throttledForMs }),
    }
  }
  const broken = errors.find(isNoResponse) as (Error & { code?: string }) | undefined
  return broken && { observed: [{ kind: 'connection', error: broken.code ?? broken.name }], isCrash: false }
}

/**
 * Extracts the failed request from a fixture's error. If several tests share the fixture, the exchanges of the current
 * test might not include this request.
 */
function requestOf(error: unknown): Exchange | undefined {
  return error instanceof SetupFailure ? exchangeOf(error.cause) : undefined
}

const isSameAs = (one: Exchange) => (other: Exchange) =>
  other.by === one.by && other.operation === one.operation && other.request.path === one.request.path

/** Returns the finding that an error represents, or undefined if the error says nothing about the store. */
export function findingIn(error: unknown): Finding | undefined {
  const exchange = exchangeOf(error)
  if (exchange?.by === 'spec') {
    const observed = [responded(responseTo(exchange, true))]
    return { expected: { kind: 'success' }, observed, severity: 'status' }
  }
  // Recipes parse JSON that their clients have stored. If it is invalid, the object contains bytes that no client
  // sent.
  if (error instanceof SyntaxError) {
    return {
      expected: { kind: 'body sent by the winner' },
      observed: [{ kind: 'object', holds: 'bytes that no writer sent' }],
      severity: 'data',
      note: error.message,
    }
  }
  // The SDK compares the bytes of an object with the checksum in the response. If they differ, it throws an error that
  // has no code, only this message.
  if (error instanceof Error && /^Checksum mismatch/i.test(error.message)) {
    return {
      expected: { kind: 'success' },
      observed: [{ kind: 'checksum', is: 'other' }],
      severity: 'detail',
    }
  }
  return undefined
}
