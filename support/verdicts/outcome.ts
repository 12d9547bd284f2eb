import { Unsupported } from '../errors'
import { SetupFailure } from '../fixtures/set-up'
import { responded, responseTo } from '../matchers/result'
import type { Failure } from '../matchers/running'
import { canonical, type Expectation, type Finding, type Observation, type Severity, worst } from '../observation'
import { isCrash, isNoAnswer, isUnanswered, throttleOf } from '../wire/no-response'
import { isRaced } from '../wire/raced'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf, type Sender } from '../wire/record'

/** How a test ended, before it is compared with what is known of the store. */
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
  /** The store lacks what the check needs, which turned out while it ran. */
  | { readonly kind: 'unsupported'; readonly capability: string; readonly reason: string }
  | Silence

/** A request got no response, or a temporary error. It says nothing about the store, unless it is so every time. */
export interface Silence {
  readonly kind: 'no response'
  /** Names the request. */
  readonly observed: readonly Observation[]
  /** Who sent it; absent for a connection that broke before anything was recorded. */
  readonly by?: Sender
  /** The store itself failed a request of the spec or of a fixture, by 500 or by closing the connection. */
  readonly isCrash: boolean
  /** The store limits the number of requests: how long to wait before the next one, in milliseconds. */
  readonly throttledForMs?: number
}

/** How a test ended. */
export interface Ended {
  /** The assertions that failed, in their order. */
  readonly failures: readonly Failure[]
  /** What ended the test early: a plainly awaited request that failed, or a mistake. */
  readonly thrown?: unknown
  /** What the test sent, and what its fixtures and matchers sent. */
  readonly exchanges: readonly Exchange[]
  /** What changed although its request failed, if the test did not look at it. */
  readonly behind?: readonly Observation[]
}

/**
 * Derives from how a test ended what it says about the store. There are two kinds of deviations: a failed assertion, and
 * the failure of a request that the spec awaits without a matcher, since such a request succeeds on S3. An exception
 * after a failed assertion (a TypeError on something undefined) belongs to it. Any other exception is a fault of the suite.
 */
export function outcomeOf({ failures, thrown, exchanges, behind = [] }: Ended): Outcome {
  const noted = failures.map(({ error }) => error)
  // Vitest rethrows the errors of assertions that were not awaited.
  const errors = unwrapped(thrown).filter((error) => !noted.includes(error))
  if (failures.length === 0 && errors.length === 0) return { kind: 'held' }

  const silent = silenceIn(errors, exchanges)
  if (silent && !failures.some(({ finding }) => finding?.certain)) return { kind: 'no response', ...silent }
  const all = [...noted, ...errors]
  const lacking = all.find((error) => error instanceof Unsupported)
  if (lacking && noted.every((error) => error instanceof Unsupported)) {
    return { kind: 'unsupported', capability: lacking.capability, reason: lacking.message }
  }
  if (errors.some((error) => error instanceof SetupFailure)) return { kind: 'setup failed' }

  const findings = [
    ...failures.map(({ finding, error }) => finding ?? findingIn(error)),
    ...errors.map(findingIn),
  ].filter((finding): finding is Finding => finding !== undefined)
  const [first] = findings
  return first ? { ...differed(findings, exchanges, behind), expected: first.expected } : { kind: 'setup failed' }
}

/** The kinds of observations that include how the store responded. */
const RESPONSES: readonly Observation['kind'][] = ['response', 'race', 'loser', 'outcome']

function differed(findings: readonly Finding[], exchanges: readonly Exchange[], behind: readonly Observation[]) {
  const sent = exchanges.filter(({ by, response }) => by === 'spec' && response)
  const last = sent.at(-1)
  const found = findings.flatMap(({ observed }) => observed)
  // The state of a key needs the last response as context. Concurrent requests have no last response.
  const isToBeSaid = last && !found.some(({ kind }) => RESPONSES.includes(kind)) && !sent.some(isRaced)
  const observed = canonical([...(isToBeSaid ? [responded(responseOf(last))] : []), ...found, ...behind])
  const write = sent.findLast(isWrite)
  const writes = write && isRaced(write) ? sent.filter(isRaced) : [write ?? []].flat()
  const isLook = ({ unchanged }: Finding) => unchanged !== undefined
  // What a write did that nothing is lost by, although it fails on S3, is as its response says.
  const isHarmless = findings.some((finding) => finding.harmless) && !findings.some(isLoss)
  // If all writes failed and the key is unchanged, no data was lost: there is only another status.
  const allFailed = writes.length > 0 && !writes.some(isAccepted)
  const severities = findings.map((finding) => {
    return isLook(finding) && (isHarmless || (finding.unchanged && allFailed)) ? 'status' : finding.severity
  })
  return { kind: 'differed' as const, observed, severity: worst([...severities, ...behind.map(() => 'data' as const)]) }
}

/** Whether a finding about a response, not about a look at what the key has, is a loss of data. */
function isLoss({ severity, unchanged }: Finding): boolean {
  return severity === 'data' && unchanged === undefined
}

/** Vitest throws several errors at once as a list. */
function unwrapped(error: unknown): unknown[] {
  if (error === undefined) return []
  if (Array.isArray(error)) return error.flatMap(unwrapped)
  return error instanceof AggregateError && !isNoAnswer(error) ? error.errors.flatMap(unwrapped) : [error]
}

/** The request that got no response: the one that ended the test, another of the spec, or one that a fixture or matcher gave up. */
function silenceIn(errors: readonly unknown[], exchanges: readonly Exchange[]): Omit<Silence, 'kind'> | undefined {
  const isOwn = (exchange?: Exchange) => exchange?.by === 'spec' && isUnanswered(exchange)
  const own = errors.map(exchangeOf).find(isOwn) ?? exchanges.find(isOwn)
  const givenUp = exchanges.find(
    (exchange, n) =>
      exchange.by !== 'spec' && isUnanswered(exchange) && !exchanges.slice(n + 1).some(isSameAs(exchange)),
  )
  const exchange = own ?? givenUp ?? errors.map(requestOf).find((one) => one && isUnanswered(one))
  if (exchange) {
    const { by } = exchange
    const response = responseOf(exchange)
    const throttledForMs = throttleOf(exchange)
    return {
      observed: [by === 'matcher' ? { kind: 'look', ...response } : responded(response)],
      by,
      isCrash: by !== 'matcher' && isCrash(exchange),
      ...(throttledForMs !== undefined && { throttledForMs }),
    }
  }
  const broken = errors.find(isNoAnswer) as (Error & { code?: string }) | undefined
  return broken && { observed: [{ kind: 'connection', error: broken.code ?? broken.name }], isCrash: false }
}

/** The request of a fixture that could not do its work; those of fixtures that tests share are not recorded with a test. */
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
  // A recipe parses the JSON that it has stored: an object that is no JSON was written by nobody.
  if (error instanceof SyntaxError) {
    return {
      expected: { kind: 'body of the winner' },
      observed: [{ kind: 'object', holds: 'bytes of no writer' }],
      severity: 'data',
      note: error.message,
    }
  }
  // A text of the SDK, which compares the bytes of an object with the checksum in its response.
  if (error instanceof Error && /^Checksum mismatch/i.test(error.message)) {
    return {
      expected: { kind: 'success' },
      observed: [{ kind: 'checksum', is: 'other' }],
      severity: 'detail',
    }
  }
  return undefined
}
