import type { Exchange } from '../exchange/record'
import { type Expectation, isSame, isWithin, type Observation, type Severity } from '../observation'
import type { Outcome } from './outcome'

/** What a run says of one check on one store. */
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

/** How often a race was run, and in how many of these rounds the store violated what the check asserts. */
export interface Rounds {
  readonly rounds: number
  readonly violated: number
}

/** A difference between a store and Amazon S3 that the store's baseline has. */
export interface Pin extends Partial<Rounds> {
  /** `unstable`: a race that the store violates in some rounds only. */
  readonly verdict: 'known deviation' | 'unstable'
  /** What the store was observed to do; of a race, in all of its rounds together. */
  readonly observed: readonly Observation[]
  /** Id of the cause in the baseline. */
  readonly cause?: string
  /** One sentence: why the store differs, as far as it is known. */
  readonly why: string
  readonly link?: string
}

/**
 * Compares a check's outcome with the store's baseline, if that has an entry for the check.
 * @param isTruth on Amazon S3, what differs contradicts the reference, and is no deviation of the store
 */
export function judge(outcome: Outcome, pin?: Pin, isTruth = false): Verdict {
  switch (outcome.kind) {
    case 'setup failed':
      return 'setup failure'
    case 'unsupported':
      return 'unsupported'
    case 'no response':
      // A store of this machine that never responds to a request does differ, and a baseline can have that.
      return !isTruth && pin && isPinned(outcome.observed, pin) ? pin.verdict : 'no response'
    case 'held':
      if (!pin || isTruth) return 'holds'
      return pin.verdict === 'unstable' ? 'unstable' : 'no longer deviates'
    case 'differed':
      if (isTruth) return 'contradicts the reference'
      if (!pin) return 'deviation'
      return isPinned(outcome.observed, pin) ? pin.verdict : 'changed deviation'
  }
}

/** Whether a store did what its baseline has. Of a race, one run shows only some of what the baseline saw in many rounds. */
function isPinned(observed: readonly Observation[], pin: Pin): boolean {
  return pin.rounds === undefined ? isSame(observed, pin.observed) : isWithin(observed, pin.observed)
}

/** How a store differs in one check. */
export interface Deviation {
  readonly observed: readonly Observation[]
  readonly severity: Severity
  /** What Amazon S3 does, as the first assertion that failed has it. */
  readonly expected?: Expectation
}

/** What a run adds to a test, in Vitest's `meta`. */
export interface Judged {
  verdict?: Verdict
  deviation?: Deviation
  /** Of a race: as far as it was run, and how many rounds a run has planned for it. */
  rounds?: Rounds & { readonly planned: number }
  /** What went over the wire; of a race, in the round that decided. */
  exchange?: Exchange[]
  /** How many requests all rounds and attempts have sent. */
  requests?: number
  /** What the store lacks of what the check needs, each with the reason. */
  lacking?: Readonly<Record<string, string>>
  /** The error code that ended the run: the credentials have expired, or the clock is wrong. */
  ends?: string
}
