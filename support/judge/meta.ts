import type { FactId } from '../evidence/catalogue'
import type { Capability } from '../stores/store'
import type { Judged } from './verdict'

declare module 'vitest' {
  /** What specs say about their tests, and what a run adds; a reporter finds it beside the result. */
  interface TaskMeta extends Judged {
    /** The facts that the test rests on. */
    evidence?: readonly FactId[]
    /** The page of the Amazon S3 user guide that the behaviour belongs to, `conditional-writes`. */
    docs?: string
    /** What the behaviour needs that not every store has. */
    needs?: readonly Capability[]
    /** Key of the object that the test shares with others, and so must not change. */
    shared?: string
  }
}
