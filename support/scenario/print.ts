import { expectedOf, type Failure, factsOf, type Outcome as Ruled, type Success } from 's3-reference-store/rules'
import { CLASSES, facts, knownFacts, sources } from '../evidence/catalogue'
import { questionOf } from '../evidence/open-questions'
import { sentenceOf } from '../sentence'
import { storeNamed } from '../stores/stores'
import type { Target } from '../targets/target'
import { isAccepted, isWrite, render } from '../wire/record'
import { HEADERS, labelOf, namesOf, type Request } from './request'
import type { Listed, Outcome, Session } from './session'

/** The name of the store in sentences. */
export function nameOf({ store }: Target): string {
  return `${storeNamed(store.name).title} ${store.version}`
}

/** A request in words: `GetObject with If-Match: the current ETag, If-None-Match: *`. */
export function titleOf({ operation, conditions }: Pick<Request, 'operation' | 'conditions'>): string {
  const given = namesOf(conditions).flatMap((name) => {
    const value = conditions[name]
    return value === undefined ? [] : [`${HEADERS[name]}: ${labelOf(value)}`]
  })
  return `${operation} ${given.length > 0 ? `with ${given.join(', ')}` : 'without a precondition'}`
}

/** The buckets with their objects as a table. */
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

/** The exchange, then what happened and why, the spec that documents it, and known deviations of the store. */
export function report(outcome: Outcome, target: Target): string[] {
  return [...render(outcome.exchange).split('\n'), '', ...sentences(outcome, target)]
}

/** What the store did, in a few words. */
export function seen({ observed }: Pick<Outcome, 'observed'>): string {
  return sentenceOf(observed)
}

function sentences(outcome: Outcome, target: Target): string[] {
  const { judgement, because, explanation, exchange, observed } = outcome
  const expected = expectedOf(explanation.outcome)
  const response = expected ? responseTo(expected) : ''
  const did = {
    'as expected': `${seen(outcome)}, like Amazon S3`,
    'known deviation': `${seen(outcome)}. Amazon S3 returns ${response}`,
    unexpected: `UNEXPECTED: ${seen(outcome)}. Amazon S3 returns ${response}`,
    'not known': `${seen(outcome)}${explained(outcome)}. It is not known what Amazon S3 returns`,
    'no response': `${seen(outcome)}, which says nothing about ${nameOf(target)}. Amazon S3 returns ${response || 'something unknown'}`,
  }[judgement]
  const isUnchanged = !isAccepted(exchange) && isWrite(exchange) && observed.every(({ kind }) => kind !== 'object')
  return [
    `${did}: ${explanation.outcome.steps.map(({ reason }) => reason).join('; ')}.`,
    ...(isUnchanged ? ['The key is unchanged.'] : []),
    ...notKnown(explanation.outcome, response),
    ...evidence(knownFacts(factsOf({ steps: explanation.outcome.steps.filter(({ isDetail }) => !isDetail) }))),
    ...documented(outcome),
    ...(because ? [`${nameOf(target)} is known to differ here: ${known(because)}`] : []),
    ...(judgement === 'unexpected' ? [`No known deviation of ${nameOf(target)} explains it.`] : []),
  ]
}

/** A response in a sentence: `412 PreconditionFailed (Condition: If-Match)`. */
function responseTo(expected: Success | Failure): string {
  if (expected.kind === 'success') return `${expected.status}`
  const { status, code, condition, header } = expected.error
  const element = condition ? `(Condition: ${condition})` : header && `(Header: ${header})`
  return [status, code, element].filter(Boolean).join(' ')
}

/**
 * The open question behind an unknown response, and the response that is expected although it has not been observed.
 */
function notKnown(outcome: Ruled, expected: string): string[] {
  if (outcome.kind !== 'unknown') return []
  const question = outcome.question && questionOf(outcome.question)
  return [
    question
      ? `Open question ${outcome.question}: ${question.asks} ${question.known}`
      : 'It is not known that anybody has tried this on Amazon S3.',
    expected ? `Expected: ${expected}, which has not been observed.` : 'There is no expected response.',
  ]
}

/** The facts that a response rests on, each with its strength and its first source, which is its best. */
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

/** The message of the response. */
function explained({ exchange }: Outcome): string {
  const message = exchange.response?.error?.Message
  return message ? ` (${message})` : ''
}
