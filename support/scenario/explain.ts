import {
  type Accepted,
  answer,
  expectedOf,
  factsOf,
  type Headers,
  type Outcome,
  type Refused,
  type Request,
  type State,
} from 's3-reference-store/rules'
import { type FactId, knownFacts } from '../evidence/catalogue'
import { isWithin, type Observation } from '../observation'
import type { Check } from '../verdicts/manifest'
import type { Row } from '../verdicts/meta'
import type { Pin } from '../verdicts/verdict'
import { isUnanswered } from '../wire/no-response'
import { type Exchange, isAccepted, responseOf } from '../wire/record'
import { HEADERS } from './request'

/** What the project knows, beside the rules. */
export interface Knowledge {
  readonly checks: readonly Check[]
  /** The deviations in the store's baseline, by check. */
  readonly known: Readonly<Record<string, Pin>>
}

/** What Amazon S3 does with a request, why, and who says so. */
export interface Explanation {
  readonly outcome: Outcome
  readonly facts: readonly FactId[]
  /** The checks that rest on these facts, the nearest first. */
  readonly checks: readonly Check[]
}

/** What an answer says about the store. */
export type Judgement = 'as expected' | 'known deviation' | 'unexpected' | 'not known' | 'no response'

/** Looks up in the rules what Amazon S3 does, and in the manifest which checks show it. */
export function explain(request: Request, state: State, { checks }: Knowledge): Explanation {
  const outcome = answer(request, state)
  const facts = knownFacts(factsOf(outcome))
  const row = rowOf(request, state)
  const inTable = row ? checks.filter((check) => isRow(check, row, outcome, facts)) : []
  const decisive = knownFacts(factsOf({ steps: outcome.steps.filter(({ beside }) => !beside).reverse() }))
  const near = checks
    .filter((check) => check.row === undefined && check.facts.some((id) => decisive.includes(id)))
    .map((check) => ({ check, rank: rankOf(check, request, decisive) }))
    .sort((a, b) => b.rank - a.rank)
  return { outcome, facts, checks: [...inTable, ...near.map(({ check }) => check)] }
}

const FOUR = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'] as const

/**
 * The row of the table of combinations that is about exactly these conditions: which of them hold, each sent alone.
 * Undefined for less than two, which have specs of their own.
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
    const alone = value !== undefined && answer({ ...rest, operation, headers: { [member]: value } }, state)
    return [name, alone ? (alone.kind === 'accepted' ? 'holds' : 'fails') : 'absent']
  })
  return Object.fromEntries(states)
}

/** Whether a check is this row, with this outcome, and rests on the same facts: reads and copies have rows of their own. */
function isRow(
  { row: own, answer: said, facts }: Check,
  row: Row,
  outcome: Outcome,
  found: readonly FactId[],
): boolean {
  if (!own || FOUR.some((name) => own[name] !== row[name]) || !facts.some((id) => found.includes(id))) return false
  const expected = expectedOf(outcome)
  if (expected?.kind === 'refused' && expected.error.status === 412) {
    return typeof said === 'object' && said[412] === expected.error.condition
  }
  return said === (expected?.kind === 'refused' ? expected.error.status : expected?.status)
}

/**
 * A check is nearer when its path names the conditions that are sent, the more of its facts are the same, and the sooner
 * they are named: the plainest fact stands first in the rules.
 * @param found facts of the answer, those of the step that decides it first
 */
function rankOf({ facts, behaviour }: Check, { headers = {} }: Request, found: readonly FactId[]): number {
  const names = FOUR.filter((name) => Object.keys(headers).some((member) => member.endsWith(name.slice(2))))
  const inPath = names.filter((name) => behaviour.includes(HEADERS[name].toLowerCase())).length
  const shared = found.filter((id) => facts.includes(id))
  const first = found.findIndex((id) => facts.includes(id))
  return inPath + shared.length / (facts.length + found.length - shared.length) - first / found.length
}

/**
 * Compares what the store did with what Amazon S3 does, and with what the store is known to do instead.
 * @param changed what a failed request changed all the same
 * @returns the judgement, and the known deviation that it is
 */
export function judge(
  exchange: Exchange,
  { outcome, checks }: Explanation,
  { known }: Knowledge,
  changed?: Observation,
): { readonly judgement: Judgement; readonly because?: Pin } {
  if (outcome.kind !== 'not known' && isExpected(exchange, outcome) && changed === undefined) {
    return { judgement: 'as expected' }
  }
  // Whatever else the check saw, such as an element that is missing.
  const seen: Observation[] = [{ kind: 'response', ...responseOf(exchange) }, ...(changed ? [changed] : [])]
  const because = checks.flatMap(({ id }) => known[id] ?? []).find(({ observed }) => isWithin(seen, observed))
  if (because) return { judgement: 'known deviation', because }
  if (isUnanswered(exchange)) return { judgement: 'no response' }
  return { judgement: outcome.kind === 'not known' ? 'not known' : 'unexpected' }
}

/** Whether an exchange is what is expected; code and elements are in a body, which HEAD has not. */
export function isExpected(exchange: Exchange, expected: Accepted | Refused): boolean {
  const { status, error } = exchange.response ?? {}
  if (expected.kind === 'accepted') return status === expected.status && isAccepted(exchange)
  const { code, condition, header } = expected.error
  if (status !== expected.error.status) return false
  if (exchange.request.method === 'HEAD') return true
  const isStated = (stated: string | undefined, is: string | undefined) => stated === undefined || stated === is
  return isStated(code, error?.Code) && isStated(condition, error?.Condition) && isStated(header, error?.Header)
}
