import type { Effect, ErrorResponse, FactId, Failure, Outcome, QuestionId, Step, Success, Unknown } from './types.ts'

/** Amazon S3's error messages, as recorded. */
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

/** Creates a step that is supported by facts. */
export function step(reason: string, ...facts: FactId[]): Step {
  return { reason, facts }
}

/** Creates a step that no fact confirms but that is expected, for example by analogy with other facts. */
export function openStep(reason: string, open: QuestionId | true, ...facts: FactId[]): Step {
  return { reason, facts, open }
}

/** Creates a step that is only a guess. An unknown outcome with such a step has no `expected`. */
export function guess(reason: string, open: QuestionId | true, ...facts: FactId[]): Step {
  return { reason, facts, open, isGuess: true }
}

export function succeed(status: number, effect: Effect, steps: readonly Step[]): Success {
  return { kind: 'success', status, effect, steps }
}

export function fail(error: ErrorResponse, steps: readonly Step[]): Failure {
  return { kind: 'failure', error, effect: 'unchanged', steps }
}

/**
 * Creates an unknown outcome.
 * @param open the id of the open question that covers the outcome, or `true` if no open question does; defaults to the
 *   last step's `open`
 */
export function unknown(steps: readonly Step[], open = steps.at(-1)?.open, expected?: Success | Failure): Unknown {
  return { kind: 'unknown', ...(typeof open === 'string' && { question: open }), ...(expected && { expected }), steps }
}

/**
 * Converts an outcome to an unknown outcome if it has a step that no fact confirms. The original outcome becomes the
 * expected outcome, unless one of its steps is a guess.
 */
export function markUnknown(outcome: Outcome): Outcome {
  if (outcome.kind === 'unknown') return outcome
  const guessed = outcome.steps.find(({ isGuess }) => isGuess)
  const open = (guessed ?? outcome.steps.find((one) => one.open))?.open
  return open ? unknown(outcome.steps, open, guessed ? undefined : outcome) : outcome
}

/** Returns a known outcome unchanged; for an unknown outcome, returns the expected outcome, if any. */
export function expectedOf(outcome: Outcome): Success | Failure | undefined {
  return outcome.kind === 'unknown' ? outcome.expected : outcome
}

/** Returns the facts that support an outcome, without duplicates. */
export function factsOf({ steps }: Pick<Outcome, 'steps'>): FactId[] {
  return [...new Set(steps.flatMap(({ facts }) => facts))]
}

/** @param condition the failed condition, if Amazon S3 names it in the error (R03, R22, C02, P02, P13) */
export function preconditionFailed(condition?: string): ErrorResponse {
  const message = MESSAGES.PreconditionFailed
  return { status: 412, code: 'PreconditionFailed', message, ...(condition && { condition }) }
}

/** Returns a 409. Its message was recorded for CompleteMultipartUpload (M05, M11), but not for PutObject (P23). */
export function conflict(condition: string | undefined, key: string | undefined): ErrorResponse {
  const message = MESSAGES.ConditionalRequestConflict
  return { status: 409, code: 'ConditionalRequestConflict', message, condition, key }
}

/** @param additionalMessage the reason, if Amazon S3 returns one (P07, P12, P18, D05, D10, D11, X12, X13) */
export function notImplemented(header: string, additionalMessage?: string): ErrorResponse {
  const message = MESSAGES.NotImplemented
  return { status: 501, code: 'NotImplemented', message, header, ...(additionalMessage && { additionalMessage }) }
}

/** The 404 that was recorded in P14, D08, M13 and R51. */
export function noSuchKey(key: string, headers?: ErrorResponse['headers']): ErrorResponse {
  return { status: 404, code: 'NoSuchKey', message: MESSAGES.NoSuchKey, key, ...(headers && { headers }) }
}

/**
 * The 403 that was recorded in A05, A11 and R52. Its message is omitted, because Amazon S3 has changed the wording over
 * time.
 */
export const ACCESS_DENIED: ErrorResponse = { status: 403, code: 'AccessDenied' }
