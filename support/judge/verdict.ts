import { S3ServiceException } from '@aws-sdk/client-s3'
import { isNoAnswer } from '../exchange/no-answer'
import { type Exchange, exchangeOf, summarise } from '../exchange/record'
import { SetupFailure } from '../fixtures/set-up'

export { isNoAnswer } from '../exchange/no-answer'

/** What a run says of one test on one store. */
export const VERDICTS = [
  'holds',
  'known deviation',
  'changed deviation',
  'no longer deviates',
  'deviation',
  'not applicable',
  'setup failure',
  'unreachable',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** The verdicts that let a run be green. */
export const EXPECTED: readonly Verdict[] = ['holds', 'known deviation', 'not applicable']

/** A difference between a store and Amazon S3 that is written down in `support/stores/<name>/<version>.json`. */
export interface KnownDeviation {
  /**
   * What the store was observed to do. A list only where one store answers differently from run to run;
   * `holds` may be in it.
   */
  readonly observed: string | readonly string[]
  /** One line: why the store differs, as far as it is known. */
  readonly why: string
  readonly link?: string
}

/** How a test ended, before it is compared with what is known of the store. */
export type Outcome =
  | { readonly kind: 'held' }
  /** An assertion failed; `observed` says what the store did, in the same words in every run. */
  | { readonly kind: 'differed'; readonly observed: string }
  | { readonly kind: 'set-up failed' }
  | { readonly kind: 'no answer' }

/**
 * Tells what a test's end says about the store. Only a failed assertion is a difference, and the refusal of a request
 * that the spec awaits plainly: by awaiting it the spec says that S3 accepts it. Every other exception is not.
 * @param error what the test threw, undefined when it passed
 * @param exchanges what the test sent
 */
export function outcomeOf(error: unknown, exchanges: readonly Exchange[]): Outcome {
  if (error === undefined) return { kind: 'held' }
  if (isNoAnswer(error)) return { kind: 'no answer' }
  if (error instanceof SetupFailure) return { kind: 'set-up failed' }
  const last = exchanges.filter(({ by, response }) => by === 'spec' && response).at(-1)
  const answered = last ? summarise(last) : 'nothing was sent'
  if (error instanceof S3ServiceException) {
    const refusal = exchangeOf(error)
    return refusal?.by === 'spec' ? { kind: 'differed', observed: summarise(refusal) } : { kind: 'set-up failed' }
  }
  const observed = observedBy(error)
  if (observed === undefined) return { kind: 'set-up failed' }
  if (observed.startsWith('accepted')) return { kind: 'differed', observed: answered }
  return { kind: 'differed', observed: observed.startsWith(answered) ? observed : `${answered}; ${observed}` }
}

/** Compares a test's outcome with the known deviation of this store and version, if there is one. */
export function judge(outcome: Outcome, known?: KnownDeviation): Verdict {
  if (outcome.kind === 'no answer') return 'unreachable'
  if (outcome.kind === 'set-up failed') return 'setup failure'
  const seen = outcome.kind === 'held' ? 'holds' : outcome.observed
  if (known) {
    if ([known.observed].flat().includes(seen)) return 'known deviation'
    return seen === 'holds' ? 'no longer deviates' : 'changed deviation'
  }
  return seen === 'holds' ? 'holds' : 'deviation'
}

/** What a failed assertion saw; undefined for an error that is not a failed assertion. */
function observedBy(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const context = (error as { __vitest_error_context__?: { meta?: { observed?: string } } }).__vitest_error_context__
  if (context) return context.meta?.observed ?? stable(error.message)
  return error.name === 'AssertionError' ? stable(error.message) : undefined
}

/** The first line of an assertion's message without what differs from run to run: tags, dates, ids, names. */
function stable(message: string): string {
  return (message.split('\n')[0] ?? '')
    .replace(/\\?"?[0-9a-f]{32}(-\d+)?\\?"?/g, '<entity tag>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>')
    .replace(/'[^']{24,}'|"[^"]{24,}"/g, '<text>')
}
