import type { FactId } from '../evidence/catalogue'
import type { Exchange } from '../exchange/record'
import type { Capability } from '../stores/store'
import type { Target } from '../targets/target'
import type { Level, Verdict } from './verdict'

declare module 'vitest' {
  /** What specs say about their tests, and what a run adds; a reporter finds it beside the result. */
  interface TaskMeta {
    /** The facts that the test rests on. */
    evidence?: readonly FactId[]
    /** The page of the Amazon S3 user guide that the behaviour belongs to, `conditional-writes`. */
    docs?: string
    /** What Amazon S3 answers, where the title does not say it: `412 If-Match`. */
    answer?: string
    /** What the behaviour needs that not every store has. */
    needs?: readonly Capability[]
    /** Key of the object that the test shares with others, and so must not change. */
    shared?: string
    /** What ran the test: a report that is merged from several runs has it from here. */
    store?: Target['store'] & { readonly region?: string }
    verdict?: Verdict
    /** How much it matters, where it differs. */
    level?: Level
    /** What the store did instead, where it differs. */
    observed?: string
    /** `observed` has the words of a bare assertion of Vitest, which an upgrade of Vitest may change. */
    bare?: boolean
    /** What went over the wire. */
    exchange?: Exchange[]
  }
}
