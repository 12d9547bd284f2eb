import {
  evaluate,
  expectedOf,
  type Failure,
  factsOf,
  type Headers,
  type Outcome,
  type Request,
  type State,
  type Success,
} from 's3-reference-store/rules'
import { type FactId, knownFacts } from '../evidence/catalogue'
import type { KeyState } from '../fixtures/objects'
import { finders } from '../matchers/matchers'
import { responded, settle } from '../matchers/result'
import { isWithin, type Observation } from '../observation'
import type { Check } from '../verdicts/manifest'
import type { Row } from '../verdicts/meta'
import type { BaselineEntry } from '../verdicts/verdict'
import { isTransient } from '../wire/no-response'
import { type Exchange, isAccepted, isWrite } from '../wire/record'
import { HEADERS } from './request'

/** The data that `explain` and `judge` need in addition to the rules. */
export interface Knowledge {
  readonly checks: readonly Check[]
  /** The deviations in the store's baseline, by check id. */
  readonly known: Readonly<Record<string, BaselineEntry>>
}

/** How Amazon S3 responds to a request and why, with the evidence. */
export interface Explanation {
  readonly outcome: Outcome
  readonly facts: readonly FactId[]
  /** The checks that assert these facts, most relevant first. */
  readonly checks: readonly Check[]
}

export type Judgement = 'as expected' | 'known deviation' | 'unexpected' | 'not known' | 'no response'

/** Uses the rules to determine how Amazon S3 responds, and finds the checks that demonstrate this response. */
export function explain(request: Request, state: State, { checks }: Knowledge): Explanation {
  const outcome = evaluate(request, state)
  const facts = knownFacts(factsOf(outcome))
  const row = rowOf(request, state)
  const inTable = row ? checks.filter((check) => isRow(check, row, outcome, facts)) : []
  const decisive = knownFacts(factsOf({ steps: outcome.steps.filter(({ isDetail }) => !isDetail).reverse() }))
  const near = checks
    .filter((check) => check.row === undefined && check.facts.some((id) => decisive.includes(id)))
    .map((check) => ({ check, rank: rankOf(check, request, decisive) }))
    .sort((a, b) => b.rank - a.rank)
  return { outcome, facts, checks: [...inTable, ...near.map(({ check }) => check)] }
}

const FOUR = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'] as const

/**
 * Returns the row for a request in the table of combinations. For each condition, the row states whether the condition
 * is present and, if so, whether it holds or fails when sent alone. Requests with fewer than two conditions have no
 * row, because separate specs cover them.
 */
function rowOf({ operation, headers = {}, ...rest }: Request, state: State): Row | undefined {
  const isCopy = operation.includes('Copy')
  const members = FOUR.map((name) => (isCopy ? `copySource${name}` : name.replace('If', 'if')) as keyof Headers)
  const sent = Object.keys(headers)
  const isThere = rest.versionId === undefined && (isCopy ? state.source : state.key)?.current !== undefined
  if (!isThere || sent.length < 2 || sent.some((name) => !members.some((member) => member === name))) return undefined
  const states = FOUR.map((name, n) => {
    const member = members[n] as keyof Headers
    const value = headers[member]
    const alone = value !== undefined && evaluate({ ...rest, operation, headers: { [member]: value } }, state)
    return [name, alone ? (alone.kind === 'success' ? 'holds' : 'fails') : 'absent']
  })
  return Object.fromEntries(states)
}

/**
 * Whether a check covers this row and outcome. A read and a copy can have the same row, so the check's facts are
 * compared as well.
 */
function isRow(
  { row: own, answer: said, facts }: Check,
  row: Row,
  outcome: Outcome,
  found: readonly FactId[],
): boolean {
  if (!own || FOUR.some((name) => own[name] !== row[name]) || !facts.some((id) => found.includes(id))) return false
  const expected = expectedOf(outcome)
  if (expected?.kind === 'failure' && expected.error.status === 412) {
    return typeof said === 'object' && said[412] === expected.error.condition
  }
  return said === (expected?.kind === 'failure' ? expected.error.status : expected?.status)
}

/**
 * Ranks a check by its relevance to a request. The rank depends on how many of the request's conditions the check's
 * path names, how closely its facts match those in `found`, and how early the first match comes in `found`.
 * @param found the facts behind the response, starting with those of the deciding step; within each step, the simplest
 * fact comes first
 */
function rankOf({ facts, behaviour }: Check, { headers = {} }: Request, found: readonly FactId[]): number {
  const names = FOUR.filter((name) => Object.keys(headers).some((member) => member.endsWith(name.slice(2))))
  const inPath = names.filter((name) => behaviour.includes(HEADERS[name].toLowerCase())).length
  const shared = found.filter((id) => facts.includes(id))
  const first = found.findIndex((id) => facts.includes(id))
  return inPath + shared.length / (facts.length + found.length - shared.length) - first / found.length
}

export interface Judged {
  readonly exchange: Exchange
  readonly judgement: Judgement
  /** The response, and any other observations from the matchers that failed. */
  readonly observed: readonly Observation[]
  /** The known deviation that explains the response. */
  readonly because?: BaselineEntry
}

/**
 * Judges a response with the matchers that the specs use, and looks for a known deviation that explains it.
 * @param before the snapshot of the request's key, taken before the request was sent
 * @throws the SDK's error if the SDK did not send the request
 */
export async function judge(
  sent: Promise<unknown>,
  { outcome, checks }: Explanation,
  { known }: Knowledge,
  before: KeyState,
): Promise<Judged> {
  const { exchange, response } = await settle(sent)
  const isFailedWrite = isWrite(exchange) && !isAccepted(exchange)
  const results = [
    ...(outcome.kind === 'unknown' ? [] : [await asExpected(sent, outcome)]),
    ...(isFailedWrite ? [await finders.toBeUnchanged(before)] : []),
  ]
  const failed = results.filter(({ pass }) => !pass)
  const observed = [
    responded(response),
    ...failed.flatMap((one) => one.observed.filter(({ kind }) => kind !== 'response')),
  ]
  if (failed.length === 0 && outcome.kind !== 'unknown') return { exchange, judgement: 'as expected', observed }
  const because = checks.flatMap(({ id }) => known[id] ?? []).find((pin) => isWithin(observed, pin.observed))
  if (because) return { exchange, judgement: 'known deviation', observed, because }
  if (isTransient(exchange)) return { exchange, judgement: 'no response', observed }
  return { exchange, judgement: outcome.kind === 'unknown' ? 'not known' : 'unexpected', observed }
}

function asExpected(sent: Promise<unknown>, expected: Success | Failure) {
  if (expected.kind === 'success') return finders.toReturnStatus(sent, expected.status)
  const { status, code, condition: Condition, header: Header } = expected.error
  return finders.toFailWith(sent, status, code, { Condition, Header })
}
