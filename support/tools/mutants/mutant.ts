import type { Lie } from '../../proxy/liar'

/** A store that is right but for one thing, as an author of a store could get it wrong. */
export interface Mutant {
  /** The rule that it breaks, as a sentence: `PutObject: If-None-Match: * refuses an object that is there`. */
  readonly name: string
  /** What it does instead, in a few words. */
  readonly breaks: string
  /** The specs that have to notice, as paths below the root: folders or files, the beginning is enough. */
  readonly specs: readonly string[]
  readonly lie: Lie
}
