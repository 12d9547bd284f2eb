import { sdk } from './facts/aws-sdk'
import { bucketPolicies } from './facts/bucket-policy'
import { completions } from './facts/complete-multipart-upload'
import { copyDestination } from './facts/copy-destination'
import { copySource } from './facts/copy-source'
import { deletes } from './facts/delete'
import { directoryBuckets } from './facts/directory-bucket'
import { reads } from './facts/read'
import { writes } from './facts/write'
import type { sources } from './sources'

/** How strong the evidence is, strongest first. Specs assert everything but `open`; `claimed` is shown as such. */
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
  /** One sentence that can be read on its own. */
  readonly says: string
  readonly class: keyof typeof CLASSES
  readonly sources: readonly { readonly from: keyof typeof sources; readonly where?: string }[]
  /** ISO date of the first source. */
  readonly date: string
  /** Weaknesses, and how a contradiction was settled. */
  readonly note?: string
  /** Why no spec asserts it, nor ever will. */
  readonly unassertable?: string
  /** The request that the fact is about, where it is about a single one. */
  readonly when?: Given
  readonly answer?: Answer
}

/** A request in symbols: what its key holds, and its conditions by the names of the SDK's members. */
export interface Given {
  readonly operations: readonly Operation[]
  /** What the key that is read or written holds; absent where it does not matter. */
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
export type Tag = 'current' | 'other' | '*' | 'unquoted current' | 'list with the current' | 'list without the current'
/** Relative to Last-Modified; `after` is not in the future. */
export type Moment = 'before' | 'at' | 'after' | 'a day ahead'

export interface Answer {
  readonly status: number
  readonly code?: string
  /** The Condition element, as S3 writes it. */
  readonly condition?: string
  /** The Header element. */
  readonly header?: string
}

const all = {
  ...reads,
  ...copySource,
  ...copyDestination,
  ...writes,
  ...completions,
  ...deletes,
  ...directoryBuckets,
  ...bucketPolicies,
  ...sdk,
}

export type FactId = keyof typeof all

/** Every fact by its id; ids never change their meaning. */
export const facts: Readonly<Record<FactId, Fact>> = all
