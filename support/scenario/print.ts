import { type Accepted, expectedOf, factsOf, type Refused, type Outcome as Ruled } from 's3-reference-store/rules'
import { CLASSES, facts, knownFacts, sources } from '../evidence/catalogue'
import { questionOf } from '../evidence/open-questions'
import { sentenceOf } from '../sentence'
import { storeNamed } from '../stores/stores'
import type { Target } from '../targets/target'
import { isAccepted, isWrite, render, responseOf } from '../wire/record'
import { HEADERS, namesOf, type Request, type Value, wordsFor } from './request'
import type { Listed, Outcome, Scene } from './session'
import type { UploadSeen } from './uploads'

/** The store as a sentence names it. */
export function nameOf({ store }: Target): string {
  return `${storeNamed(store.name).title} ${store.version}`
}

/** A request in words: `GetObject with If-Match: the current entity tag, If-None-Match: *`. */
export function titleOf({ operation, conditions }: Pick<Request, 'operation' | 'conditions'>): string {
  const given = namesOf(conditions).map((name) => `${HEADERS[name]}: ${wordsFor(conditions[name] as Value)}`)
  return `${operation} ${given.length > 0 ? `with ${given.join(', ')}` : 'without a precondition'}`
}

/** The buckets with their objects as a table, and the uploads that are in progress. */
export function listing(
  { buckets, keepsVersions, uploads }: Pick<Scene, 'buckets' | 'keepsVersions' | 'uploads'>,
  objects: readonly Listed[],
): string[] {
  const width = Math.max(...objects.map(({ Key }) => Key.length), 0)
  return buckets.flatMap((bucket) => {
    const inside = objects.filter(({ Bucket }) => Bucket === bucket)
    const rows = inside.map(({ Key, ETag, size, modified }) =>
      [`  ${Key.padEnd(width)}`, ETag.padEnd(34), `${size} bytes`.padStart(10), modified.toISOString()].join('  '),
    )
    const ongoing = uploads().filter(({ state, address }) => state === 'in progress' && address.Bucket === bucket)
    const title = keepsVersions(bucket) ? `${bucket}, which keeps versions` : bucket
    return [title, ...(rows.length > 0 ? rows : ['  (empty)']), ...ongoing.map((upload) => `  ${uploadTitle(upload)}`)]
  })
}

/** An upload in words. */
export function uploadTitle({ address, partETag, state }: UploadSeen): string {
  return `multipart upload to ${address.Key}, ${partETag ? 'with its part' : 'without parts'}, ${state}`
}

/** What happened and why, the spec that documents it, and what is known of the store; the exchange above. */
export function report(outcome: Outcome, target: Target): string[] {
  return [...render(outcome.exchange).split('\n'), '', ...sentences(outcome, target)]
}

/** What the store did, in a few words. */
export function seen({ exchange, changed }: Pick<Outcome, 'exchange' | 'changed'>): string {
  return sentenceOf([{ kind: 'response', ...responseOf(exchange) }, ...(changed ? [changed] : [])])
}

function sentences(outcome: Outcome, target: Target): string[] {
  const { judgement, because, explanation, exchange, changed } = outcome
  const expected = expectedOf(explanation.outcome)
  const answers = expected ? answerOf(expected) : ''
  const what = {
    'as expected': `${seen(outcome)}, as Amazon S3 does`,
    'known deviation': `${seen(outcome)}. Amazon S3 does otherwise: ${answers}`,
    unexpected: `UNEXPECTED: ${seen(outcome)}. Amazon S3 does otherwise: ${answers}`,
    'not known': `${seen(outcome)}${explained(outcome)}. What Amazon S3 answers is not known`,
    'no response': `${seen(outcome)}, which says nothing about ${nameOf(target)}. Amazon S3: ${answers || 'not known'}`,
  }[judgement]
  const untouched = !isAccepted(exchange) && isWrite(exchange) && !changed
  return [
    `${what}: ${explanation.outcome.steps.map(({ says }) => says).join('; ')}.`,
    ...(untouched ? ['The key is untouched.'] : []),
    ...notKnown(explanation.outcome, answers),
    ...evidence(knownFacts(factsOf({ steps: explanation.outcome.steps.filter(({ beside }) => !beside) }))),
    ...documented(outcome),
    ...(because ? [`${nameOf(target)} is known to differ here: ${known(because)}`] : []),
    ...(judgement === 'unexpected' ? [`Nothing that is known of ${nameOf(target)} explains it.`] : []),
  ]
}

/** An answer as a sentence has it: `412 PreconditionFailed (Condition: If-Match)`. */
function answerOf(expected: Accepted | Refused): string {
  if (expected.kind === 'accepted') return `${expected.status}`
  const { status, code, condition, header } = expected.error
  const element = condition ? `(Condition: ${condition})` : header && `(Header: ${header})`
  return [status, code, element].filter(Boolean).join(' ')
}

/** The open question behind an answer that is not known, and what is expected all the same. */
function notKnown(outcome: Ruled, expected: string): string[] {
  if (outcome.kind !== 'not known') return []
  const question = outcome.question && questionOf(outcome.question)
  return [
    question
      ? `Open question ${outcome.question}: ${question.asks} ${question.known}`
      : 'Nobody has asked Amazon S3 yet, as far as is known.',
    expected ? `Expected is ${expected}, which nobody has seen.` : 'Nothing is expected.',
  ]
}

/** The facts that an answer rests on, each with its strength, and the first source of each, which is its best. */
function evidence(ids: Outcome['explanation']['facts']): string[] {
  const from = new Set(ids.flatMap((id) => facts[id].sources[0]?.from ?? []))
  return [
    ...ids.map((id) => `${id}, ${CLASSES[facts[id].class]}: ${facts[id].says}`),
    ...[...from].map((source) => `Source: ${sources[source].title}, ${sources[source].link}`),
  ]
}

function documented({ explanation: { checks, outcome } }: Outcome): string[] {
  const [check] = checks
  if (outcome.kind === 'not known') return []
  return [check ? `Spec: specs/${check.behaviour}.spec.ts` : 'Spec: none asserts it yet.']
}

function known({ observed, why, link }: NonNullable<Outcome['because']>): string {
  return [why || sentenceOf(observed), link].filter(Boolean).join(', ')
}

/** What the answer itself says of its reason. */
function explained({ exchange }: Outcome): string {
  const message = exchange.response?.error?.Message
  return message ? ` (${message})` : ''
}
