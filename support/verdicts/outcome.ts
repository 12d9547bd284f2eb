import { Unsupported } from '../errors'
import { SetupFailure } from '../fixtures/set-up'
import { responded, responseTo } from '../matchers/result'
import type { Failure } from '../matchers/running'
import { canonical, type Expectation, type Finding, type Observation, type Severity, worst } from '../observation'
import { isCrash, isNoResponse, isTransient, retryAfterMs } from '../wire/no-response'
import { isRaced } from '../wire/raced'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf, type Sender } from '../wire/record'

/** How a test ended, before it is compared with the store's baseline. */
export type Outcome =
  | { readonly kind: 'held' }
  /** The store deviates. `expected`: what the first failed assertion expected. */
  | {
      readonly kind: 'differed'
      readonly observed: readonly Observation[]
      readonly severity: Severity
      readonly expected: Expectation
    }
  | { readonly kind: 'setup failed' }
  /** The store lacks what the check needs, which was detected while the check ran. */
  | { readonly kind: 'unsupported'; readonly capability: string; readonly reason: string }
  | NoResponse

/** A request got no response, or a temporary error. It is not a deviation unless it happens every time. */
export interface NoResponse {
  readonly kind: 'no response'
  /** The request, without a response. */
  readonly observed: readonly Observation[]
  /** The sender of the request; absent for a connection that broke before anything was recorded. */
  readonly by?: Sender
  /** The store failed a request of the spec or of a fixture with 500, or closed its connection. */
  readonly isCrash: boolean
  /** If the store limits the number of requests: how long to wait before the next one, in milliseconds. */
  readonly throttledForMs?: number
}

/** What a test did and how it ended. */
export interface Ended {
  /** The failed assertions, in order. */
  readonly failures: readonly Failure[]
  /** The error that ended the test early: a failed request that the spec awaits without a matcher, or a mistake. */
  readonly thrown?: unknown
  /** The requests of the test, its fixtures and its matchers. */
  readonly exchanges: readonly Exchange[]
  /** Changes by requests that failed, if no matcher has looked at them. */
  readonly silentChanges?: readonly Observation[]
}

/**
 * Derives the outcome of a test. There are two kinds of deviations: a failed assertion, and the failure of a request
 * that the spec awaits without a matcher, since such a request succeeds on S3. An exception after a failed assertion,
 * such as a TypeError on something undefined, is its consequence. Any other exception is a fault of the suite.
 */
export function outcomeOf({ failures, thrown, exchanges, silentChanges = [] }: Ended): Outcome {
  const failed = failures.map(({ error }) => error)
  // Vitest rethrows the errors of assertions that were not awaited.
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
  ].filter((finding): finding is Finding => finding !== undefined)
  const [first] = findings
  return first
    ? { ...differed(findings, exchanges, silentChanges), expected: first.expected }
    : { kind: 'setup failed' }
}

/** The kinds of observations that include how the store responded. */
const RESPONSES: readonly Observation['kind'][] = ['response', 'race', 'loser', 'outcome']

function differed(findings: readonly Finding[], exchanges: readonly Exchange[], silentChanges: readonly Observation[]) {
  const sent = exchanges.filter(({ by, response }) => by === 'spec' && response)
  const last = sent.at(-1)
  const found = findings.flatMap(({ observed }) => observed)
  // The state of a key needs the last response as context. Concurrent requests have no last response.
  const needsResponse = last && !found.some(({ kind }) => RESPONSES.includes(kind)) && !sent.some(isRaced)
  const observed = canonical([...(needsResponse ? [responded(responseOf(last))] : []), ...found, ...silentChanges])
  const write = sent.findLast(isWrite)
  const writes = write && isRaced(write) ? sent.filter(isRaced) : [write ?? []].flat()
  const isLook = ({ unchanged }: Finding) => unchanged !== undefined
  // A harmless write should have failed but lost nothing, so its changes are no worse than its response.
  const isHarmless = findings.some((finding) => finding.harmless) && !findings.some(isLoss)
  // If all writes failed and the key is unchanged, no data was lost: there is only another status.
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

/** Whether a finding about a response, not about the state of a key, is a loss of data. */
function isLoss({ severity, unchanged }: Finding): boolean {
  return severity === 'data' && unchanged === undefined
}

/** Vitest throws several errors at once as a list. */
function unwrapped(error: unknown): unknown[] {
  if (error === undefined) return []
  if (Array.isArray(error)) return error.flatMap(unwrapped)
  return error instanceof AggregateError && !isNoResponse(error) ? error.errors.flatMap(unwrapped) : [error]
}

/** The request without a response: the one that ended the test, another of the spec, or one of a fixture or matcher. */
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

/** The failed request of a fixture. The requests of shared fixtures are not recorded with a test. */
function requestOf(error: unknown): Exchange | undefined {
  return error instanceof SetupFailure ? exchangeOf(error.cause) : undefined
}

const isSameAs = (one: Exchange) => (other: Exchange) =>
  other.by === one.by && other.operation === one.operation && other.request.path === one.request.path

/** The deviation that ended a test with this error; undefined if the error is not about the store. */
export function findingIn(error: unknown): Finding | undefined {
  const exchange = exchangeOf(error)
  if (exchange?.by === 'spec') {
    const observed = [responded(responseTo(exchange, true))]
    return { expected: { kind: 'success' }, observed, severity: 'status' }
  }
  // A recipe parses the JSON that it has stored. Invalid JSON means that the object has bytes that no client sent.
  if (error instanceof SyntaxError) {
    return {
      expected: { kind: 'body of the winner' },
      observed: [{ kind: 'object', holds: 'bytes of no writer' }],
      severity: 'data',
      note: error.message,
    }
  }
  // The SDK compares the bytes of an object with the checksum in the response. The error has no code, only this
  // message.
  if (error instanceof Error && /^Checksum mismatch/i.test(error.message)) {
    return {
      expected: { kind: 'success' },
      observed: [{ kind: 'checksum', is: 'other' }],
      severity: 'detail',
    }
  }
  return undefined
}
