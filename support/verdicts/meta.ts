import type { FactId } from '../evidence/catalogue'
import type { ExpectedReturn } from '../matchers/matchers'
import type { Severity } from '../observation'
import type { Promised } from '../promises'
import type { Capability } from '../stores/store'
import type { Target } from '../targets/target'
import type { Judged } from './verdict'

/** Which of the four conditions a row of a table asks with. */
export type Row = Readonly<
  Record<'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince', 'absent' | 'holds' | 'fails'>
>

declare module 'vitest' {
  /** What specs say about their tests, and what a run adds; a reporter finds it beside the result. */
  interface TaskMeta extends Judged {
    /** The facts that the test rests on. */
    evidence?: readonly FactId[]
    /** Of a row of a table: what Amazon S3 returns, as `toReturnStatus` takes it. */
    answer?: ExpectedReturn
    /** Of a row of a table: what is asked. */
    row?: Row
    /** The page of the Amazon S3 user guide that the behaviour belongs to, `conditional-writes`. */
    docs?: string
    /** What the behaviour needs that not every store has. */
    needs?: readonly Capability[]
    /** What a store protects if the checks of this behaviour hold. */
    promise?: Promised
    /** How much it matters if a plain assertion of Vitest fails; `detail` without it. */
    severity?: Severity
    /** Key of the object that the test shares with others, and so must not change. */
    shared?: string
    /** What ran the test: a report that is merged from several runs has it from here. */
    store?: Target['store'] & { readonly region?: string }
  }
}
