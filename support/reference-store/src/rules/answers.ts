import type { Accepted, Effect, FactId, NotKnown, Outcome, QuestionId, Refusal, Refused, Step } from './types.ts'

/** Amazon S3's own words, as recorded. */
export const MESSAGES = {
  PreconditionFailed: 'At least one of the pre-conditions you specified did not hold',
  ConditionalRequestConflict:
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
  NotImplemented: 'A header you provided implies functionality that is not implemented',
  NoSuchKey: 'The specified key does not exist.',
  bothHeaders: 'Multiple conditional request headers present in the request',
  signatureVersion2: 'Requests specifying conditional writes require AWS Signature Version 4.',
  headersNotSigned: 'There were headers present in the request which were not signed',
  emptyAppend: 'Request body cannot be empty',
} as const

/** A step, with the facts that it rests on. */
export function step(says: string, ...facts: FactId[]): Step {
  return { says, facts }
}

/** A step that nobody has seen Amazon S3 take. */
export function openStep(says: string, open: QuestionId | true, ...facts: FactId[]): Step {
  return { says, facts, open }
}

/**
 * A step that nobody has seen Amazon S3 take, and for which nothing speaks: neither a fact about a like request nor the
 * answer that an open question expects. What follows is not even expected.
 */
export function guess(says: string, open: QuestionId | true, ...facts: FactId[]): Step {
  return { says, facts, open, isGuess: true }
}

/** S3 goes through with it. */
export function accept(status: number, effect: Effect, steps: readonly Step[]): Accepted {
  return { kind: 'accepted', status, effect, steps }
}

/** S3 refuses; nothing is changed. */
export function refuse(error: Refusal, steps: readonly Step[]): Refused {
  return { kind: 'refused', error, effect: 'unchanged', steps }
}

/** Nobody knows, and there is no reason to expect anything. */
export function notKnown(question: QuestionId | undefined, steps: readonly Step[]): NotKnown {
  return { kind: 'not known', ...(question && { question }), steps }
}

/** What follows from a step that nobody has seen is expected, not known. */
export function honest(outcome: Outcome): Outcome {
  if (outcome.kind === 'not known') return outcome
  const { steps } = outcome
  const open = (steps.find((one) => one.isGuess) ?? steps.find((one) => one.open))?.open
  if (!open) return outcome
  const question = open === true ? undefined : open
  if (steps.some((one) => one.isGuess)) return notKnown(question, steps)
  return { kind: 'not known', ...(question && { question }), expected: outcome, steps }
}

/**
 * What to count on: what is known, or else what is expected.
 * @returns undefined where nobody knows and there is no reason to expect anything
 */
export function expectedOf(outcome: Outcome): Accepted | Refused | undefined {
  return outcome.kind === 'not known' ? outcome.expected : outcome
}

/** All facts that an outcome rests on, each once. */
export function factsOf({ steps }: Pick<Outcome, 'steps'>): FactId[] {
  return [...new Set(steps.flatMap(({ facts }) => facts))]
}

/** 412, which names the condition that does not hold (R03, R22, C02, P02, P13), where it is known how. */
export function preconditionFailed(condition?: string): Refusal {
  return {
    status: 412,
    code: 'PreconditionFailed',
    message: MESSAGES.PreconditionFailed,
    ...(condition && { condition }),
  }
}

/** 409 to CompleteMultipartUpload (M05, M11), and to PutObject, of which the words are not recorded (P23). */
export function conflict(condition: string, key: string): Refusal {
  const message = MESSAGES.ConditionalRequestConflict
  return { status: 409, code: 'ConditionalRequestConflict', message, condition, key }
}

/** 501 to a header, with the reason where S3 gives one (P07, P12, P18, D05, D10, D11, X12, X13). */
export function notImplemented(header: string, additionalMessage?: string): Refusal {
  return {
    status: 501,
    code: 'NotImplemented',
    message: MESSAGES.NotImplemented,
    header,
    ...(additionalMessage && { additionalMessage }),
  }
}

/** The reason of a 501 to the value of a condition (P07, P12, D05, D10). */
export function notThatValue(header: 'If-Match' | 'If-None-Match'): Refusal {
  return notImplemented(header, `We don't accept the provided value of ${header} header for this API`)
}

/** 404 (P14, D08, M13, R51). */
export function noSuchKey(key: string, headers?: Refusal['headers']): Refusal {
  return { status: 404, code: 'NoSuchKey', message: MESSAGES.NoSuchKey, key, ...(headers && { headers }) }
}

/** 403 (A05, A11, R52). Its words have changed over time and are not recorded. */
export function accessDenied(): Refusal {
  return { status: 403, code: 'AccessDenied' }
}
