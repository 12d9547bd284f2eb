import { expectedOf, type Failure, factsOf, type Outcome as Ruled, type Success } from 's3-reference-store/rules'
import { CLASSES, facts, knownFacts, sources } from '../evidence/catalogue'
import { questionOf } from '../evidence/open-questions'
import { sentenceOf } from '../sentence'
import { calledAs } from '../stores/stores'
import type { Target } from '../targets/target'
import { isAccepted, isWrite, render } from '../wire/record'
import { HEADERS, labelOf, namesOf, type Request } from './request'
import type { Listed, Outcome, Session } from './session'

/** Describes a request, for example `GetObject with If-Match: the current ETag, If-None-Match: *`. */
export function titleOf({ operation, conditions }: Pick<Request, 'operation' | 'conditions'>): string {
  const given = namesOf(conditions).flatMap((name) => {
    const value = conditions[name]
    return value === undefined ? [] : [`${HEADERS[name]}: ${labelOf(value)}`]
  })
  return `${operation} ${given.length > 0 ? `with ${given.join(', ')}` : 'without a precondition'}`
}

/** Formats the buckets and their objects as a table. */
export function listing({ buckets }: Pick<Session, 'buckets'>, objects: readonly Listed[]): string[] {
  const width = Math.max(...objects.map(({ Key }) => Key.length), 0)
  return buckets.flatMap((bucket) => {
    const inside = objects.filter(({ Bucket }) => Bucket === bucket)
    const rows = inside.map(({ Key, ETag, size, modified }) =>
      [`  ${Key.padEnd(width)}`, ETag.padEnd(34), `${size} bytes`.padStart(10), modified.toISOString()].join('  '),
    )
    return [bucket, ...(rows.length > 0 ? rows : ['  (empty)'])]
  })
}

/**
 * Formats an outcome: the exchange, what happened and why, the evidence, the spec, and the known deviation that
 * explains the outcome, if there is one.
 */
export function report(outcome: Outcome, target: Target): string[] {
  return [...render(outcome.exchange).split('\n'), '', ...sentences(outcome, target)]
}

function sentences(outcome: Outcome, target: Target): string[] {
  const { judgement, because, explanation, exchange, observed } = outcome
  const expected = expectedOf(explanation.outcome)
  const response = expected ? responseTo(expected) : ''
  const seen = sentenceOf(observed)
  const store = calledAs(target.store)
  const did = {
    'as expected': `${seen}, as on Amazon S3`,
    'known deviation': `${seen}. Amazon S3 returns ${response}`,
    unexpected: `UNEXPECTED: ${seen}. Amazon S3 returns ${response}`,
    'not known': `${seen}${messageOf(outcome)}. It is not known what Amazon S3 returns`,
    'no response': `${seen}, which does not show how ${store} handles conditions. ${response ? `Amazon S3 returns ${response}` : 'It is not known what Amazon S3 returns'}`,
  }[judgement]
  const isUnchanged = !isAccepted(exchange) && isWrite(exchange) && observed.every(({ kind }) => kind !== 'object')
  return [
    `${did}: ${explanation.outcome.steps.map(({ reason }) => reason).join('; ')}.`,
    ...(isUnchanged ? ['Nothing stored under the key has changed.'] : []),
    ...notKnown(explanation.outcome, response),
    ...evidence(knownFacts(factsOf({ steps: explanation.outcome.steps.filter(({ isDetail }) => !isDetail) }))),
    ...documented(outcome),
    ...(because ? [`This is a known deviation of ${store}: ${known(because)}`] : []),
    ...(judgement === 'unexpected' ? [`No known deviation of ${store} explains this response.`] : []),
  ]
}

/** Describes a response, for example `412 PreconditionFailed (Condition: If-Match)`. */
function responseTo(expected: Success | Failure): string {
  if (expected.kind === 'success') return `${expected.status}`
  const { status, code, condition, header } = expected.error
  const element = condition ? `(Condition: ${condition})` : header && `(Header: ${header})`
  return [status, code, element].filter(Boolean).join(' ')
}

/** If Amazon S3's response is unknown, describes the open question and the response that the rules assume. */
function notKnown(outcome: Ruled, expected: string): string[] {
  if (outcome.kind !== 'unknown') return []
  const question = outcome.question && questionOf(outcome.question)
  return [
    question
      ? `Open question ${outcome.question}: ${question.asks} ${question.known}`
      : 'No source shows how Amazon S3 responds to this request.',
    expected ? `Expected, but not yet observed: ${expected}.` : 'It is not known which response to expect.',
  ]
}

/**
 * Lists the facts behind a response, each with the strength of its evidence, followed by the best source of each fact.
 * The best source is the first one in the fact's list.
 */
function evidence(ids: Outcome['explanation']['facts']): string[] {
  const from = new Set(ids.flatMap((id) => facts[id].sources[0]?.from ?? []))
  return [
    ...ids.map((id) => `${id}, ${CLASSES[facts[id].class]}: ${facts[id].says}`),
    ...[...from].map((source) => `Source: ${sources[source].title}, ${sources[source].link}`),
  ]
}

function documented({ explanation: { checks, outcome } }: Outcome): string[] {
  const [check] = checks
  if (outcome.kind === 'unknown') return []
  return [check ? `Spec: specs/${check.behaviour}.spec.ts` : 'Spec: none yet.']
}

function known({ observed, why, link }: NonNullable<Outcome['because']>): string {
  return [why || sentenceOf(observed), link].filter(Boolean).join(', ')
}

function messageOf({ exchange }: Outcome): string {
  const message = exchange.response?.error?.Message
  return message ? ` (${message})` : ''
}
