import { type Expectation, isSame, isWithin, type Observation, type Severity } from '../observation'
import type { Exchange } from '../wire/record'
import type { Outcome } from './outcome'

/** The possible results of one check on one store. */
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

/** The verdicts with which a check passes. */
export const EXPECTED: readonly Verdict[] = ['holds', 'known deviation', 'unstable', 'unsupported']

/** Whether a verdict means that the store deviates as recorded in its baseline. */
export function isKnown(verdict?: Verdict): verdict is BaselineEntry['verdict'] {
  return verdict === 'known deviation' || verdict === 'unstable'
}

/**
 * Whether a store is Amazon S3, which defines correct behaviour. If Amazon S3 does not behave as a check expects, the
 * check is wrong.
 */
export function isAmazonS3(store: string): boolean {
  return store === 'aws'
}

/**
 * Whether a store is Amazon S3 or the reference store. Neither can have known deviations. Any deviation means that a
 * check is wrong, or that the suite or the reference store has a bug.
 */
export function isAuthoritative(store: string): boolean {
  return isAmazonS3(store) || store === 'reference'
}

/** The total number of rounds of a race, and the number of rounds with a violation. */
export interface Rounds {
  readonly rounds: number
  readonly violated: number
}

/** A deviation in a store's baseline. */
export interface BaselineEntry extends Partial<Rounds> {
  /** `unstable`: a race that deviates only in some rounds. */
  readonly verdict: 'known deviation' | 'unstable'
  /** The observed behaviour. For a race, this combines the observations from all rounds. */
  readonly observed: readonly Observation[]
  /** The key of the cause in the baseline's `causes`. */
  readonly cause?: string
  /** One sentence that explains why the store deviates, as far as the reason is known. */
  readonly why: string
  readonly link?: string
}

/** Compares the outcome of a check with the check's entry in the store's baseline, if there is one. */
export function judge(outcome: Outcome, entry: BaselineEntry | undefined, store: string): Verdict {
  switch (outcome.kind) {
    case 'setup failed':
      return 'setup failure'
    case 'unsupported':
      return 'unsupported'
    case 'no response':
      // A baseline can record a missing response as a deviation. On Amazon S3, a missing response counts as a transient
      // error.
      return !isAmazonS3(store) && entry && isInBaseline(outcome.observed, entry) ? entry.verdict : 'no response'
    case 'held':
      if (!entry || isAmazonS3(store)) return 'holds'
      return entry.verdict === 'unstable' ? 'unstable' : 'no longer deviates'
    case 'differed':
      if (isAmazonS3(store)) return 'contradicts the reference'
      if (!entry) return 'deviation'
      return isInBaseline(outcome.observed, entry) ? entry.verdict : 'changed deviation'
  }
}

/**
 * Whether an entry has exactly these observations. For a race, the entry may also have other observations, from earlier
 * runs.
 */
function isInBaseline(observed: readonly Observation[], entry: BaselineEntry): boolean {
  return entry.rounds === undefined ? isSame(observed, entry.observed) : isWithin(observed, entry.observed)
}

export interface Deviation {
  readonly observed: readonly Observation[]
  readonly severity: Severity
  /** Taken from the first failed assertion. */
  readonly expected?: Expectation
}

/** The members that the runner adds to the `meta` of a Vitest test. */
export interface VerdictMeta {
  verdict?: Verdict
  deviation?: Deviation
  /** How many rounds were planned, how many were completed, and how many had a violation. Set only for a race. */
  rounds?: Rounds & { readonly planned: number }
  /**
   * The requests and responses. For a race, those of the first round with a violation or, if every round held, those of
   * the last round.
   */
  exchange?: Exchange[]
  /** The total number of requests across all rounds and attempts. */
  requests?: number
  /** The capability that the check needs but the store lacks, with the reason why it is considered unsupported. */
  unsupported?: Readonly<Record<string, string>>
  /** The code of the error that ended the run, such as `ExpiredToken` or `RequestTimeTooSkewed`. */
  ends?: string
}
