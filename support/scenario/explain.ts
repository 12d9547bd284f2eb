import type { Check } from '../catalogue/checks'
import type { FactId } from '../evidence/catalogue'
import { isUnanswered } from '../exchange/no-answer'
import { type Exchange, element, isAccepted, summarise } from '../exchange/record'
import type { KnownDeviation } from '../judge/verdict'
import {
  type Accepted,
  answer,
  factsOf,
  type Headers,
  type Outcome,
  type Refused,
  type Request,
  type State,
} from '../rules/rules'
import { HEADERS } from './request'

/** What the project knows, beside the rules. */
export interface Knowledge {
  readonly checks: readonly Check[]
  /** Known deviations of the store, by check. */
  readonly known: Readonly<Record<string, KnownDeviation>>
}

/** What Amazon S3 does with a request, why, and who says so. */
export interface Explanation {
  readonly outcome: Outcome
  readonly facts: readonly FactId[]
  /** The checks that rest on these facts, the nearest first. */
  readonly checks: readonly Check[]
}

/** What an answer says about the store. */
export type Judgement = 'as expected' | 'known deviation' | 'unexpected' | 'not known' | 'no answer'

/** Looks up in the rules what Amazon S3 does, and in the manifest which checks show it. */
export function explain(request: Request, state: State, { checks }: Knowledge): Explanation {
  const outcome = answer(request, state)
  const facts = factsOf(outcome)
  const row = rowOf(request, state)
  const inTable = checks.filter(({ title }) => title === row)
  const decisive = factsOf({ steps: outcome.steps.filter(({ beside }) => !beside).reverse() })
  const near = checks
    .filter((check) => check.answer === undefined && isNear(check, request, decisive))
    .map((check) => ({ check, rank: rankOf(check, request, decisive) }))
    .sort((a, b) => b.rank - a.rank)
  return { outcome, facts, checks: [...inTable, ...near.map(({ check }) => check)] }
}

const FOUR = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'] as const

/**
 * The name of the row in the table of combinations that is about just these conditions: which of them hold, each asked
 * alone. Undefined for less than two, which have specs of their own.
 */
function rowOf({ operation, headers = {}, ...rest }: Request, state: State): string | undefined {
  const isCopy = operation.includes('Copy')
  const members = FOUR.map((name) => (isCopy ? `copySource${name}` : name.replace('If', 'if')) as keyof Headers)
  const sent = Object.keys(headers)
  const isThere = rest.versionId === undefined && (isCopy ? state.source : state.key)?.current !== undefined
  if (!isThere || sent.length < 2 || sent.some((name) => !members.some((member) => member === name))) return undefined
  const states = FOUR.map((name, n) => {
    const member = members[n] as keyof Headers
    const value = headers[member]
    const alone = value !== undefined && answer({ ...rest, operation, headers: { [member]: value } }, state)
    return `${HEADERS[name]} ${alone ? (alone.kind === 'accepted' ? 'holds' : 'fails') : 'absent'}`
  })
  return `${operation}: ${states.join(', ')}`
}

/** Whether a check shares a fact, and is about no other operation. */
function isNear({ facts, title }: Check, { operation }: Request, found: readonly FactId[]): boolean {
  const named = OPERATIONS.filter((name) => title.split(' ').includes(name))
  return facts.some((id) => found.includes(id)) && (named.length === 0 || named.includes(operation))
}

const OPERATIONS: readonly Request['operation'][] = [
  'GetObject',
  'HeadObject',
  'CopyObject',
  'UploadPartCopy',
  'PutObject',
  'CompleteMultipartUpload',
  'DeleteObject',
  'DeleteObjects',
]

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
 * @param changed what a refused request changed all the same
 * @returns the judgement, and the known deviation that it is
 */
export function judge(
  exchange: Exchange,
  { outcome, checks }: Explanation,
  { known }: Knowledge,
  changed?: string,
): { readonly judgement: Judgement; readonly because?: KnownDeviation } {
  if (outcome.kind !== 'not known' && isAnswer(exchange, outcome) && changed === undefined) {
    return { judgement: 'as expected' }
  }
  const because = checks
    .flatMap(({ id }) => known[id] ?? [])
    .find(({ observed }) => [observed].flat().some((one) => isSeenIn(one, exchange, changed)))
  if (because) return { judgement: 'known deviation', because }
  if (isUnanswered(exchange)) return { judgement: 'no answer' }
  return { judgement: outcome.kind === 'not known' ? 'not known' : 'unexpected' }
}

/** Whether an exchange is what is expected; code and elements are in a body, which HEAD has not. */
export function isAnswer(exchange: Exchange, expected: Accepted | Refused): boolean {
  const status = exchange.response?.status
  if (expected.kind === 'accepted') return status === expected.status && isAccepted(exchange)
  const { code, condition, header } = expected.error
  if (status !== expected.error.status) return false
  if (exchange.request.method === 'HEAD') return true
  return Object.entries({ Code: code, Condition: condition, Header: header }).every(
    ([name, value]) => value === undefined || element(exchange, name) === value,
  )
}

/** Whether a deviation that is written down, `PutObject accepted with 200; its bytes changed`, is what was seen here. */
function isSeenIn(observed: string, exchange: Exchange, changed?: string): boolean {
  const parts = observed.split('; ')
  const answered = summarise(exchange)
  const isAnswered = parts.some(
    (part) => part === answered || part.startsWith(`${answered},`) || part.startsWith(`${answered} with`),
  )
  return isAnswered && (changed === undefined || parts.includes(changed))
}
