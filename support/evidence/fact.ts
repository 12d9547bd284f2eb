import type { SourceKey } from './sources'

/** The classes of evidence, strongest first. Specs do not assert `open` facts, and mark `claimed` facts as such. */
export const CLASSES = {
  recorded: 'recorded on Amazon S3',
  probed: 'observed on Amazon S3 by a named person',
  documented: 'documented by AWS',
  executed: 'observed by running the SDK',
  claimed: 'claimed only by another implementer',
  open: 'unknown',
} as const

/** One statement about Amazon S3 or its SDK, or about a gap in the evidence. */
export interface Fact {
  /** One sentence that stands alone. The class applies to the whole sentence; weaker statements belong in `note`. */
  readonly says: string
  readonly class: keyof typeof CLASSES
  /** Empty only for an open fact without a source. */
  readonly sources: readonly { readonly from: SourceKey; readonly where?: string }[]
  /**
   * The ISO date on which the fact was last observed, recorded or published. If only the year is known, the last day of
   * that year; if nothing is known, the day on which the source was accessed.
   */
  readonly date: string
  /** Limits of the evidence, and how a contradiction was resolved. */
  readonly note?: string
  /** The reason why no spec can assert the fact. */
  readonly unassertable?: string
  /** The request that the fact describes, if it describes exactly one. */
  readonly when?: Situation
  readonly response?: FactResponse
  /** The requests that the fact describes, if it describes several. */
  readonly cases?: readonly Case[]
}

export interface Case {
  readonly when: Situation
  readonly response: FactResponse
}

/**
 * A symbolic request: the state of its key, its conditions under the names that the SDK uses, and its circumstances.
 * Absent members are not sent, or have their default values. If a fact states only that a condition holds or fails, the
 * request is one example of that.
 */
export interface Situation {
  readonly operations: readonly Operation[]
  /**
   * State of the key that the conditions refer to: the source for CopySourceIf…, otherwise the key that is read,
   * written or deleted. For CompleteMultipartUpload, the state before its upload was created. Absent if irrelevant.
   */
  readonly key?: KeyHolds
  /** For RenameObject, `IfMatch` and `IfNoneMatch` are conditions on the destination. */
  readonly IfMatch?: AnyTag
  readonly IfNoneMatch?: AnyTag
  readonly IfModifiedSince?: AnyMoment
  readonly IfUnmodifiedSince?: AnyMoment
  readonly CopySourceIfMatch?: AnyTag
  readonly CopySourceIfNoneMatch?: AnyTag
  readonly CopySourceIfModifiedSince?: AnyMoment
  readonly CopySourceIfUnmodifiedSince?: AnyMoment
  /** If absent, a general purpose bucket in which versioning was never enabled. */
  readonly bucket?: 'versioned' | 'directory'
  /** The endpoint, if the request is not sent to the REST endpoint. */
  readonly endpoint?: 'website'
  /** The version that the request addresses by id. */
  readonly version?: 'current' | 'delete marker' | 'missing'
  /** How the object was stored, if it matters. */
  readonly stored?: 'in parts' | 'without bytes'
  /** The source of a copy or rename whose conditions refer to the destination. If absent, it is an object. */
  readonly source?: 'object' | 'nothing' | 'the key itself'
  readonly Range?: 'within' | 'beyond the end'
  readonly CopySourceRange?: 'beyond the end'
  readonly IfRange?: 'current' | 'other'
  readonly PartNumber?: 'there' | 'not there'
  /** Conditions that only directory buckets support. */
  readonly IfMatchSize?: Matching
  readonly IfMatchLastModifiedTime?: Matching
  readonly IfMatchInitiatedTime?: Matching
  /** The conditions of an entry in DeleteObjects. */
  readonly ETag?: 'current' | 'other' | '*'
  readonly Size?: Matching
  /** The number of entries in DeleteObjects. If absent, one. */
  readonly entries?: 1001
  /** RenameObject: conditions on the source. */
  readonly SourceIfMatch?: 'current' | 'other'
  readonly SourceIfNoneMatch?: '*'
  /** RenameObject: an earlier use of its client token. */
  readonly ClientToken?: 'used' | 'used for something else'
  readonly WriteOffsetBytes?: 'the size' | 'another' | '0'
  /** How the body of a write differs from a plain body. */
  readonly body?: 'empty' | 'with a wrong checksum' | 'with a checksum of another type'
  /** CompleteMultipartUpload: the change to the key since its upload was created. */
  readonly since?: 'stored' | 'overwritten' | 'overwritten with the same bytes' | 'deleted' | 'deleted and stored'
  /** The status of an earlier attempt to complete the same upload. */
  readonly before?: 404 | 412
  /** The state of the upload, if it is not in progress. */
  readonly upload?: 'completed' | 'aborted' | 'missing'
  /** A permission that the caller lacks. If absent, the caller has all permissions. */
  readonly without?: 's3:ListBucket' | 's3:GetObject'
  /** The condition that the bucket policy requires for writes or deletes. */
  readonly policy?: 'demands If-None-Match' | 'demands If-Match'
  /** How the request is signed, if it is not signed normally in a header. */
  readonly signed?:
    | 'in the query, the condition too'
    | 'in the query, a signed header is left out'
    | 'in the query, an x-amz- header is added'
    | 'with Signature Version 2'
  /** An additional header that only other stores support. */
  readonly foreign?: string
}

export type Operation =
  | 'GetObject'
  | 'HeadObject'
  | 'CopyObject'
  | 'UploadPartCopy'
  | 'PutObject'
  | 'CompleteMultipartUpload'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'RenameObject'
  | 'PutObjectAnnotation'
  | 'DeleteObjectAnnotation'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'AbortMultipartUpload'
/** `deleted`: the object was deleted in a bucket without versioning. */
type KeyHolds = 'object' | 'nothing' | 'deleted' | 'delete marker' | 'only delete markers'
/** `other`: any ETag except the current one, even if there is no current one. */
type Tag = 'current' | 'other' | '*' | 'unquoted current' | 'list with the current' | 'list without the current'
export type AnyTag = Tag | 'current with its closing quote only' | 'noncurrent'
/** A time relative to Last-Modified. `after` is later than Last-Modified but not in the future. */
type Moment = 'before' | 'at' | 'after' | 'a day ahead'
/** `malformed`: a date that would make the condition fail if it were a valid HTTP date. */
export type AnyMoment = Moment | 'an hour ahead' | 'a minute ahead' | 'malformed'
type Matching = 'matching' | 'other'

export interface FactResponse {
  readonly status: number
  /** The code of the error or, for DeleteObjects, of the entry. A response to HEAD has no body, and thus no code. */
  readonly code?: string
  /** The Condition element, as S3 spells it. */
  readonly condition?: string
  /** The Header element. */
  readonly header?: string
  /** The list of the DeleteObjects response that contains the entry. */
  readonly entry?: 'Deleted' | 'Errors'
}
