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

/** The data behind an explanation, in addition to the rules. */
export interface Knowledge {
  readonly checks: readonly Check[]
  /** The deviations in the store's baseline, by check. */
  readonly known: Readonly<Record<string, BaselineEntry>>
}

/** How Amazon S3 responds to a request, why, and the evidence for that. */
export interface Explanation {
  readonly outcome: Outcome
  readonly facts: readonly FactId[]
  /** The checks that rest on these facts, the most relevant first. */
  readonly checks: readonly Check[]
}

export type Judgement = 'as expected' | 'known deviation' | 'unexpected' | 'not known' | 'no response'

/** Looks up in the rules how Amazon S3 responds, and in the manifest which checks demonstrate it. */
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
 * Returns the row of the table of combinations for exactly these conditions. The row states which of them hold when
 * each is sent alone. Fewer than two conditions have no row, because they have their own specs.
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

/** Whether a check is for this row and outcome. Reads and copies have equal rows, which only the facts distinguish. */
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
 * Ranks a check by relevance. It ranks higher if its path names the conditions of the request, if it shares more facts
 * with the response, and if the response lists those facts earlier, because the rules list the simplest fact first.
 * @param found the facts behind the response, with those of the deciding step first
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
  /** The response, and what changed although the request failed. */
  readonly observed: readonly Observation[]
  /** The known deviation that explains the response. */
  readonly because?: BaselineEntry
}

/**
 * Judges a response with the matchers of the specs, and looks for a known deviation that explains it.
 * @param before the snapshot of the key that the request writes
 * @throws the error of a request that got no response
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
