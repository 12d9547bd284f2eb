import type { Exchange } from '../exchange/record'
import type { Level } from '../matchers/seen'

export { LEVELS, type Level } from '../matchers/seen'

/** What a run says of one test on one store. */
export const VERDICTS = [
  'holds',
  'known deviation',
  'changed deviation',
  'no longer deviates',
  'deviation',
  'contradicts the reference',
  'not applicable',
  'setup failure',
  'no answer',
  'unreachable',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** The verdicts that let a run be green. */
export const EXPECTED: readonly Verdict[] = ['holds', 'known deviation', 'not applicable']

/** A difference between a store and Amazon S3 that is written down in the store's results. */
export interface KnownDeviation {
  /**
   * What the store was observed to do. A list only where one store answers differently from run to run;
   * `holds` may be in it.
   */
  readonly observed: string | readonly string[]
  /** Id of the cause in the store's result. */
  readonly cause?: string
  /** One line: why the store differs, as far as it is known. */
  readonly why: string
  readonly link?: string
}

/** How a test ended, before it is compared with what is known of the store. */
export type Outcome =
  | { readonly kind: 'held' }
  /**
   * The store did otherwise than the spec says; `observed` says what it did, in the same words in every run.
   * @property wanted what Amazon S3 does, as the rest of a sentence
   * @property bare the words are those of a plain assertion of Vitest, which an upgrade can change
   */
  | {
      readonly kind: 'differed'
      readonly observed: string
      readonly level: Level
      readonly bare?: true
      readonly wanted?: string
    }
  | { readonly kind: 'set-up failed' }
  /** The store lacks what the check needs, as has turned out. */
  | { readonly kind: 'not applicable'; readonly capability: string; readonly reason: string }
  /** Nothing came back, or that the store could not answer now; `observed` says to which request. */
  | { readonly kind: 'no answer'; readonly observed: string }

/**
 * Compares a test's outcome with the known deviation of this store and version, if there is one.
 * @param isTruth on Amazon S3: what differs there contradicts the reference, and is no deviation of the store
 */
export function judge(outcome: Outcome, known?: KnownDeviation, isTruth = false): Verdict {
  if (outcome.kind === 'set-up failed') return 'setup failure'
  if (outcome.kind === 'not applicable') return 'not applicable'
  const seen = outcome.kind === 'held' ? 'holds' : outcome.observed
  if (isTruth) {
    if (outcome.kind === 'no answer') return 'no answer'
    return outcome.kind === 'held' ? 'holds' : 'contradicts the reference'
  }
  // A store of this machine that never answers a request does differ, and that can be written down.
  if (known && isAsWrittenDown(seen, known)) return 'known deviation'
  if (outcome.kind === 'no answer') return 'no answer'
  if (known) return seen === 'holds' ? 'no longer deviates' : 'changed deviation'
  return seen === 'holds' ? 'holds' : 'deviation'
}

/**
 * Whether a store did what is written down. Of a store that answers differently from run to run, in a race for example,
 * all that was seen so far is written down as a list; it may come in any combination.
 */
function isAsWrittenDown(seen: string, { observed }: KnownDeviation): boolean {
  if (typeof observed === 'string') return observed === seen
  const parts = observed.flatMap((one) => one.split('; '))
  return seen.split('; ').every((part) => parts.includes(part))
}

/** What a run adds to a test, in Vitest's `meta`. */
export interface Judged {
  verdict?: Verdict
  /** How bad a deviation is. */
  level?: Level
  /** What the store did instead, where it differs. */
  observed?: string
  /** What Amazon S3 does, as the assertion that failed says it. */
  wanted?: string
  /** The words of `observed` are Vitest's own, and so cannot be pinned. */
  bare?: true
  /** What went over the wire. */
  exchange?: Exchange[]
  /** What the store lacks of what the check needs, each with the reason. */
  lacking?: Readonly<Record<string, string>>
  /** The error code that ended the run: the credentials have expired, or the clock is wrong. */
  ends?: string
}
