import { NotApplicable } from '../errors'
import { isNoAnswer, isUnanswered } from '../exchange/no-answer'
import { isRaced } from '../exchange/raced'
import { type Exchange, exchangeOf, isAccepted, isWrite, responseOf } from '../exchange/record'
import { SetupFailure } from '../fixtures/set-up'
import { responded, responseTo } from '../matchers/result'
import type { Failure } from '../matchers/running'
import { canonical, type Expectation, type Finding, type Observation, type Severity, worst } from '../observation'

/** How a test ended, before it is compared with what is known of the store. */
export type Outcome =
  | { readonly kind: 'held' }
  /** The store did something else than the spec says. `expected`: what the first assertion that failed expects. */
  | {
      readonly kind: 'differed'
      readonly observed: readonly Observation[]
      readonly severity: Severity
      readonly expected: Expectation
    }
  | { readonly kind: 'setup failed' }
  /** The store lacks what the check needs, as has turned out. */
  | { readonly kind: 'unsupported'; readonly capability: string; readonly reason: string }
  /** No response came, or one that says that the store cannot respond now; `observed` says to which request. */
  | { readonly kind: 'no response'; readonly observed: readonly Observation[] }

/** All that a test has to say of the store when it has ended. */
export interface Ended {
  /** The assertions that failed, in their order. */
  readonly failures: readonly Failure[]
  /** What ended the test early: a plainly awaited request that failed, or a mistake. */
  readonly thrown?: unknown
  /** What the test sent, and what its fixtures and matchers sent. */
  readonly exchanges: readonly Exchange[]
  /** What has changed although its request failed, and the test did not get to look at. */
  readonly behind?: readonly Observation[]
}

/**
 * Tells what a test's end says about the store. Only a failed assertion is a difference, and the failure of a request
 * that the spec awaits plainly: by awaiting it the spec says that it succeeds on S3. What is thrown after a failed
 * assertion (a TypeError on something undefined) belongs to it. Every other exception is a fault of the suite.
 */
export function outcomeOf({ failures, thrown, exchanges, behind = [] }: Ended): Outcome {
  const noted = failures.map(({ error }) => error)
  // Vitest throws again what an assertion that nobody awaited has thrown.
  const errors = unwrapped(thrown).filter((error) => !noted.includes(error))
  if (failures.length === 0 && errors.length === 0) return { kind: 'held' }

  const silent = silenceIn(errors, exchanges)
  if (silent && !failures.some(({ finding }) => finding?.certain)) return { kind: 'no response', observed: [silent] }
  const all = [...noted, ...errors]
  const lacking = all.find((error) => error instanceof NotApplicable)
  if (lacking && noted.every((error) => error instanceof NotApplicable)) {
    return { kind: 'unsupported', capability: lacking.capability, reason: lacking.message }
  }
  if (errors.some((error) => error instanceof SetupFailure)) return { kind: 'setup failed' }

  const findings = [...failures.map(({ finding }) => finding), ...errors.map(findingIn)].filter(
    (finding): finding is Finding => finding !== undefined,
  )
  const [first] = findings
  return first ? { ...differed(findings, exchanges, behind), expected: first.expected } : { kind: 'setup failed' }
}

/** The kinds of observations that say themselves how the store responded. */
const RESPONSES: readonly Observation['kind'][] = ['response', 'race', 'loser', 'outcome']

function differed(findings: readonly Finding[], exchanges: readonly Exchange[], behind: readonly Observation[]) {
  const sent = exchanges.filter(({ by, response }) => by === 'spec' && response)
  const last = sent.at(-1)
  const found = findings.flatMap(({ observed }) => observed)
  // What a look has shown means nothing without the response before it; of those that race, no one is the last.
  const isToBeSaid = last && !found.some(({ kind }) => RESPONSES.includes(kind)) && !sent.some(isRaced)
  const observed = canonical([...(isToBeSaid ? [responded(responseOf(last))] : []), ...found, ...behind])
  const write = sent.findLast(isWrite)
  const writes = write && isRaced(write) ? sent.filter(isRaced) : [write ?? []].flat()
  const allFailed = writes.length > 0 && !writes.some(isAccepted)
  // That a failed write is not there is no more than its failure.
  const severities = findings.map(({ severity, unchanged }) => (unchanged && allFailed ? 'status' : severity))
  return { kind: 'differed' as const, observed, severity: worst([...severities, ...behind.map(() => 'data' as const)]) }
}

/** Vitest throws several errors at once as a list. */
function unwrapped(error: unknown): unknown[] {
  if (error === undefined) return []
  if (Array.isArray(error)) return error.flatMap(unwrapped)
  return error instanceof AggregateError && !isNoAnswer(error) ? error.errors.flatMap(unwrapped) : [error]
}

/** The request that got no response: one of the spec's, or one that a fixture or matcher gave up. */
function silenceIn(errors: readonly unknown[], exchanges: readonly Exchange[]): Observation | undefined {
  const own = exchanges.find((exchange) => exchange.by === 'spec' && isUnanswered(exchange))
  const givenUp = exchanges.find(
    (exchange, n) =>
      exchange.by !== 'spec' && isUnanswered(exchange) && !exchanges.slice(n + 1).some(isSameAs(exchange)),
  )
  const exchange = own ?? givenUp
  if (exchange) return responded(responseOf(exchange))
  const broken = errors.find(isNoAnswer) as (Error & { code?: string }) | undefined
  return broken && { kind: 'connection', error: broken.code ?? broken.name }
}

const isSameAs = (one: Exchange) => (other: Exchange) =>
  other.by === one.by && other.operation === one.operation && other.request.path === one.request.path

/** What an error that ended a test says about the store; undefined for an error that says nothing. */
function findingIn(error: unknown): Finding | undefined {
  const exchange = exchangeOf(error)
  if (exchange?.by === 'spec') {
    const observed = [responded(responseTo(exchange, true))]
    return { expected: { kind: 'success', status: 200 }, observed, severity: 'status' }
  }
  // The text is the SDK's: it compares the bytes of an object with the checksum that the store has sent with them.
  if (error instanceof Error && /^Checksum mismatch/i.test(error.message)) {
    return {
      expected: { kind: 'success', status: 200 },
      observed: [{ kind: 'checksum', is: 'other' }],
      severity: 'detail',
    }
  }
  return undefined
}
