import type { FactId } from '../evidence/catalogue'
import type { ExpectedReturn } from '../matchers/matchers'
import type { Severity } from '../observation'
import type { Promised } from '../promises'
import type { Capability } from '../stores/store'
import type { Target } from '../targets/target'
import type { VerdictMeta } from './verdict'

/** Which of the four conditions a row of a table sends, and whether each of them holds. */
export type Row = Readonly<
  Record<'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince', 'absent' | 'holds' | 'fails'>
>

declare module 'vitest' {
  /** The options of tests in specs, and what a run adds for the reporter. */
  interface TaskMeta extends VerdictMeta {
    /** The facts that the test shows. */
    evidence?: readonly FactId[]
    /** For a row of a table: what Amazon S3 returns, in the form of `toReturnStatus`. */
    answer?: ExpectedReturn
    /** For a row of a table: the conditions that are sent. */
    row?: Row
    /** The page of the Amazon S3 user guide about the behaviour, `conditional-writes`. */
    docs?: string
    /** The capabilities that the behaviour needs. */
    needs?: readonly Capability[]
    /** What a store protects if the checks of this behaviour hold. */
    promise?: Promised
    /** The severity of a failed assertion of plain Vitest, `detail` if omitted. */
    severity?: Severity
    /** The key of an object that the test shares with others and must not change. */
    shared?: string
    /** The store of the run, for reports that are merged from several runs. */
    store?: Target['store'] & { readonly region?: string }
  }
}
