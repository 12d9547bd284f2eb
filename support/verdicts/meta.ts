import type { FactId } from '../evidence/catalogue'
import type { ExpectedReturn } from '../matchers/matchers'
import type { Severity } from '../observation'
import type { Promised } from '../promises'
import type { Capability } from '../stores/store'
import type { Target } from '../targets/target'
import type { VerdictMeta } from './verdict'

/** A row in a table of conditions: for each condition, whether the request contains it and, if so, whether it holds. */
export type Row = Readonly<
  Record<'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince', 'absent' | 'holds' | 'fails'>
>

declare module 'vitest' {
  /** The options that specs pass to tests, and the values that a run adds for the reporter. */
  interface TaskMeta extends VerdictMeta {
    /** The facts on which the test is based. */
    evidence?: readonly FactId[]
    /**
     * The response from Amazon S3, in the form that `toReturnStatus` expects. Set only for a test from a table of
     * conditions.
     */
    answer?: ExpectedReturn
    /** The conditions in the request. Set only for a test from a table of conditions. */
    row?: Row
    /** The page in the Amazon S3 user guide that covers the behaviour, such as `conditional-writes`. */
    docs?: string
    needs?: readonly Capability[]
    /** The promise that a store keeps if the checks of this behaviour hold. */
    promise?: Promised
    /** The severity of a deviation found by one of Vitest's own matchers. The default is `detail`. */
    severity?: Severity
    /** The key of an object that several tests share and that no test may change. */
    shared?: string
    /** The store that the run tested, so that a report merged from several runs can name it. */
    store?: Target['store'] & { readonly region?: string }
  }
}
