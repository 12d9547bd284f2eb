import type { FactId } from '../evidence/catalogue'
import type { ExpectedReturn } from '../matchers/matchers'
import type { Severity } from '../observation'
import type { Promised } from '../promises'
import type { Capability } from '../stores/store'
import type { Target } from '../targets/target'
import type { VerdictMeta } from './verdict'

/** For each of the four conditions: whether the request in a row of a table sends it and, if so, whether it holds. */
export type Row = Readonly<
  Record<'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince', 'absent' | 'holds' | 'fails'>
>

declare module 'vitest' {
  /** The options of tests in specs, and the values that a run adds for the reporter. */
  interface TaskMeta extends VerdictMeta {
    /** The facts that the test rests on. */
    evidence?: readonly FactId[]
    /** For a row of a table: the response from Amazon S3, in the form that `toReturnStatus` expects. */
    answer?: ExpectedReturn
    /** For a row of a table: the conditions that the request sends. */
    row?: Row
    /** The page of the Amazon S3 user guide about the behaviour, such as `conditional-writes`. */
    docs?: string
    needs?: readonly Capability[]
    /** The promise that a store keeps if the checks of this behaviour hold. */
    promise?: Promised
    /** The severity of a failed plain Vitest assertion, `detail` if omitted. */
    severity?: Severity
    /** The key of an object that the test shares with other tests and must not change. */
    shared?: string
    /** The store of the run, so that a report merged from several runs can name it. */
    store?: Target['store'] & { readonly region?: string }
  }
}
