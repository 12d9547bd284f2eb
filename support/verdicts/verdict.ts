import { type Expectation, isSame, isWithin, type Observation, type Severity } from '../observation'
import type { Exchange } from '../wire/record'
import type { Outcome } from './outcome'

/** The result of one check on one store. */
export const VERDICTS = [
  'holds',
  'known deviation',
  'unstable',
  'changed deviation',
  'no longer deviates',
  'deviation',
  'contradicts the reference',
  'unsupported',
  'setup failure',
  'no response',
  'unreachable',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** The verdicts that let a run be green. */
export const EXPECTED: readonly Verdict[] = ['holds', 'known deviation', 'unstable', 'unsupported']

/** In how many rounds a race ran, and in how many of them it was violated. */
export interface Rounds {
  readonly rounds: number
  readonly violated: number
}

/** A deviation in a store's baseline. */
export interface Pin extends Partial<Rounds> {
  /** `unstable`: a race that the store violates in some rounds only. */
  readonly verdict: 'known deviation' | 'unstable'
  /** What the store did; for a race, in all rounds together. */
  readonly observed: readonly Observation[]
  /** Id of the cause in the baseline. */
  readonly cause?: string
  /** One sentence: why the store differs, as far as it is known. */
  readonly why: string
  readonly link?: string
}

/**
 * Compares a check's outcome with the store's baseline, if that has an entry for the check.
 * @param isAmazonS3 whether the store is Amazon S3, where a deviation contradicts the reference
 */
export function judge(outcome: Outcome, pin?: Pin, isAmazonS3 = false): Verdict {
  switch (outcome.kind) {
    case 'setup failed':
      return 'setup failure'
    case 'unsupported':
      return 'unsupported'
    case 'no response':
      // A store that never responds to a request deviates. On Amazon S3 it is temporary.
      return !isAmazonS3 && pin && isPinned(outcome.observed, pin) ? pin.verdict : 'no response'
    case 'held':
      if (!pin || isAmazonS3) return 'holds'
      return pin.verdict === 'unstable' ? 'unstable' : 'no longer deviates'
    case 'differed':
      if (isAmazonS3) return 'contradicts the reference'
      if (!pin) return 'deviation'
      return isPinned(outcome.observed, pin) ? pin.verdict : 'changed deviation'
  }
}

/** Whether observations are those of the baseline. One run of a race may show only some of those of many rounds. */
function isPinned(observed: readonly Observation[], pin: Pin): boolean {
  return pin.rounds === undefined ? isSame(observed, pin.observed) : isWithin(observed, pin.observed)
}

/** How a store deviates in one check. */
export interface Deviation {
  readonly observed: readonly Observation[]
  readonly severity: Severity
  /** What the first failed assertion expected. */
  readonly expected?: Expectation
}

/** What a run adds to a test, in Vitest's `meta`. */
export interface Judged {
  verdict?: Verdict
  deviation?: Deviation
  /** For a race: the rounds that ran, and how many a run plans. */
  rounds?: Rounds & { readonly planned: number }
  /** What went over the wire; for a race, in the first round that was violated, else in the last one. */
  exchange?: Exchange[]
  /** The number of requests of all rounds and attempts. */
  requests?: number
  /** The capabilities that the check needs and the store lacks, each with the reason. */
  lacking?: Readonly<Record<string, string>>
  /** The error code that ended the run: the credentials have expired, or the clock is wrong. */
  ends?: string
}
