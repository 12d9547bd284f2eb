import type { SourceKey } from './sources'

/** How strong the evidence is, strongest first. Specs assert nothing `open`; `claimed` is shown as such. */
export const CLASSES = {
  recorded: 'recorded on Amazon S3',
  probed: 'a named person has tried it on Amazon S3',
  documented: 'AWS documents it',
  executed: 'seen by running the SDK',
  claimed: 'only another implementer says so',
  open: 'nobody knows',
} as const

/** One thing that is known, or not known, of Amazon S3. */
export interface Fact {
  /** One sentence that can be read on its own. The class holds for the whole of it; what is weaker is in `note`. */
  readonly says: string
  readonly class: keyof typeof CLASSES
  /** Never empty, but for what is open: nobody may have said anything about that. */
  readonly sources: readonly { readonly from: SourceKey; readonly where?: string }[]
  /**
   * ISO date on which it was last observed, recorded or published. Where only the year is known, the last day of it;
   * where nothing is known, the day on which it was looked up.
   */
  readonly date: string
  /** Weaknesses, and how a contradiction was settled. */
  readonly note?: string
  /** Why no spec asserts it. */
  readonly unassertable?: string
  /** The request that the fact is about, where it is about a single one. */
  readonly when?: Given
  readonly answer?: Answer
}

/**
 * A request in symbols: what its key holds, and its conditions by the names of the SDK's members; a member that is
 * absent is not sent. Where a fact says only that a condition holds or fails, this is one way for it to do so.
 */
export interface Given {
  readonly operations: readonly Operation[]
  /**
   * What the key holds that the conditions are about: that of the source for CopySourceIf…, else the one that is read,
   * written or deleted. CompleteMultipartUpload: since before its upload was created. Absent where it does not matter.
   */
  readonly key?: KeyHolds
  readonly IfMatch?: Tag
  readonly IfNoneMatch?: Tag
  readonly IfModifiedSince?: Moment
  readonly IfUnmodifiedSince?: Moment
  readonly CopySourceIfMatch?: Tag
  readonly CopySourceIfNoneMatch?: Tag
  readonly CopySourceIfModifiedSince?: Moment
  readonly CopySourceIfUnmodifiedSince?: Moment
}

export type Operation =
  | 'GetObject'
  | 'HeadObject'
  | 'CopyObject'
  | 'UploadPartCopy'
  | 'PutObject'
  | 'CompleteMultipartUpload'
  | 'DeleteObject'
/** `deleted`: in a bucket without versioning. */
export type KeyHolds = 'object' | 'nothing' | 'deleted' | 'delete marker'
/** `other`: any entity tag that is not the current one, be it that there is none. */
export type Tag = 'current' | 'other' | '*' | 'unquoted current' | 'list with the current' | 'list without the current'
/** Relative to Last-Modified; `after` is not in the future. */
export type Moment = 'before' | 'at' | 'after' | 'a day ahead'

export interface Answer {
  readonly status: number
  /** Absent from a HEAD, which has no body: it is that of the GET then. */
  readonly code?: string
  /** The Condition element, as S3 writes it. */
  readonly condition?: string
  /** The Header element. */
  readonly header?: string
}
