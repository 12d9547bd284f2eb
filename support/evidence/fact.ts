import type { SourceKey } from './sources'

/** The classes of evidence, strongest first. Specs do not assert `open` facts. docs/checks.md marks `claimed` facts. */
export const CLASSES = {
  recorded: 'recorded on Amazon S3',
  probed: 'observed on Amazon S3 by a named person',
  documented: 'documented by AWS',
  executed: 'observed by running the SDK',
  claimed: 'neither observed on Amazon S3 nor documented by AWS',
  open: 'unknown',
} as const

/** One statement about Amazon S3 or the AWS SDK, or about a gap in the evidence. */
export interface Fact {
  /** One self-contained sentence. `class` applies to all of it. Statements with weaker evidence belong in `note`. */
  readonly says: string
  readonly class: keyof typeof CLASSES
  /** Only an open fact may have no sources. */
  readonly sources: readonly { readonly from: SourceKey; readonly where?: string }[]
  /**
   * The ISO date on which the fact was last observed, recorded or published. If only the year is known, this is the
   * last day of that year. If no date is known, this is the day on which the source was accessed.
   */
  readonly date: string
  /** The limits of the evidence, and how contradictions between sources were resolved. */
  readonly note?: string
  /** Why no spec can assert the fact. */
  readonly unassertable?: string
  /** The request that the fact describes, if the fact describes exactly one. */
  readonly when?: Situation
  readonly response?: FactResponse
  /** The requests that the fact describes, each with its response, if the fact describes several. */
  readonly cases?: readonly Case[]
}

export interface Case {
  readonly when: Situation
  readonly response: FactResponse
}

/**
 * A symbolic description of a request: the state of its key, its conditions (named as in the SDK) and the circumstances
 * in which it is sent. Conditions and headers that are absent here are not sent. If a fact states only that a condition
 * holds or fails, the value given here is only an example.
 */
export interface Situation {
  readonly operations: readonly Operation[]
  /**
   * The state of the key that the conditions apply to. For CopySourceIf…, that key is the source. For all other
   * conditions, it is the key that is read, written or deleted. For CompleteMultipartUpload, this is the state before
   * the upload was created. Absent if irrelevant.
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
  /** If absent, the bucket is a general purpose bucket in which versioning was never enabled. */
  readonly bucket?: 'versioned' | 'directory'
  /** If absent, the request is sent to the REST endpoint. */
  readonly endpoint?: 'website'
  /** The version that the request's version id identifies. If absent, the request has no version id. */
  readonly version?: 'current' | 'delete marker' | 'missing'
  /** How the object was stored, if that affects the response. */
  readonly stored?: 'in parts' | 'without bytes'
  /** For a copy or rename with conditions on the destination: the kind of source. If absent, the source is an object. */
  readonly source?: 'object' | 'nothing' | 'the key itself'
  readonly Range?: 'within' | 'beyond the end'
  readonly CopySourceRange?: 'beyond the end'
  readonly IfRange?: 'current' | 'other'
  readonly PartNumber?: 'exists' | 'does not exist'
  /** Conditions that only directory buckets support. */
  readonly IfMatchSize?: Matching
  readonly IfMatchLastModifiedTime?: Matching
  readonly IfMatchInitiatedTime?: Matching
  /** For DeleteObjects: the conditions in the key's entry. */
  readonly ETag?: 'current' | 'other' | '*'
  readonly Size?: Matching
  /** For DeleteObjects: the number of entries, if there is more than one. */
  readonly entries?: 1001
  /** For RenameObject: the conditions on the source. */
  readonly SourceIfMatch?: 'current' | 'other'
  readonly SourceIfNoneMatch?: '*'
  /** For RenameObject: how an earlier request used the same client token. */
  readonly ClientToken?: 'used' | 'used for something else'
  readonly WriteOffsetBytes?: 'the size' | 'another' | '0'
  /** Present if the body of a write is empty or does not match the checksum that is sent with it. */
  readonly body?: 'empty' | 'with a wrong checksum' | 'with a checksum of another type'
  /** For CompleteMultipartUpload: how the key has changed since the upload was created. */
  readonly since?: 'stored' | 'overwritten' | 'overwritten with the same bytes' | 'deleted' | 'deleted and stored'
  /** The status with which an earlier attempt to complete the same upload failed. */
  readonly before?: 404 | 412
  /** The state of the upload. If absent, the upload is in progress. */
  readonly upload?: 'completed' | 'aborted' | 'missing'
  /** A permission that the caller lacks. If absent, the caller has all permissions. */
  readonly without?: 's3:ListBucket' | 's3:GetObject'
  /** The condition that the bucket policy requires for writes or deletes. */
  readonly policy?: 'requires If-None-Match' | 'requires If-Match'
  /** How the request is signed. If absent, it is signed with Signature Version 4 in the Authorization header. */
  readonly signed?:
    | 'presigned, with the condition in the query'
    | 'presigned, without one of the signed headers'
    | 'presigned, with an additional x-amz- header'
    | 'with Signature Version 2'
  /** An additional header that Amazon S3 does not support but another store does. */
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
/** `other`: an ETag that is not the current one, or any ETag if no object exists. */
type Tag =
  | 'current'
  | 'other'
  | '*'
  | 'unquoted current'
  | 'list that contains the current ETag'
  | 'list that does not contain the current ETag'
export type AnyTag = Tag | 'current ETag without its opening quote' | 'noncurrent'
/**
 * A time relative to Last-Modified, except `a day ahead`, which is relative to the current time. `after` is later than
 * Last-Modified but not in the future.
 */
type Moment = 'before' | 'at' | 'after' | 'a day ahead'
/** `malformed`: a date in an invalid format. The same date in a valid format would make the condition fail. */
export type AnyMoment = Moment | 'an hour ahead' | 'a minute ahead' | 'malformed'
type Matching = 'matching' | 'other'

export interface FactResponse {
  readonly status: number
  /** The error code; for DeleteObjects, the code in the key's entry. Absent for HEAD, whose response has no body. */
  readonly code?: string
  /** The value of the Condition element in the error's XML, spelled as S3 spells it. */
  readonly condition?: string
  /** The value of the Header element in the error's XML. */
  readonly header?: string
  /** For DeleteObjects: which list in the response contains the entry. */
  readonly entry?: 'Deleted' | 'Errors'
}
