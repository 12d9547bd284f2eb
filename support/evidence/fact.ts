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
  readonly when?: Situation
  readonly response?: FactResponse
  /** The requests that the fact is about, where it is about several. */
  readonly cases?: readonly Case[]
}

/** A request and what it is answered. */
export interface Case {
  readonly when: Situation
  readonly response: FactResponse
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
  /** Of RenameObject: on the destination, as IfNoneMatch. */
  readonly IfMatch?: AnyTag
  readonly IfNoneMatch?: AnyTag
  readonly IfModifiedSince?: AnyMoment
  readonly IfUnmodifiedSince?: AnyMoment
  readonly CopySourceIfMatch?: AnyTag
  readonly CopySourceIfNoneMatch?: AnyTag
  readonly CopySourceIfModifiedSince?: AnyMoment
  readonly CopySourceIfUnmodifiedSince?: AnyMoment
}

/** What else a request asks for, and what is so beside its key. What is absent is plain: nothing special is meant. */
export interface Situation extends Given {
  /** A general purpose bucket in which versioning was never enabled, where absent. */
  readonly bucket?: 'versioned' | 'directory'
  /** Where the request is sent to, if it is not the REST endpoint. */
  readonly endpoint?: 'website'
  /** The version that is addressed by its id. */
  readonly version?: 'current' | 'delete marker' | 'missing'
  /** How the object that the key holds was stored, where it matters. */
  readonly stored?: 'in parts' | 'without bytes'
  /** Of a copy or rename: what the source holds, where the conditions are about the destination; an object if absent. */
  readonly source?: 'object' | 'nothing' | 'the key itself'
  readonly Range?: 'within' | 'beyond the end'
  readonly CopySourceRange?: 'beyond the end'
  readonly IfRange?: 'current' | 'other'
  readonly PartNumber?: 'there' | 'not there'
  /** Conditions that only directory buckets have. */
  readonly IfMatchSize?: Matching
  readonly IfMatchLastModifiedTime?: Matching
  readonly IfMatchInitiatedTime?: Matching
  /** The conditions of an entry of DeleteObjects. */
  readonly ETag?: 'current' | 'other' | '*'
  readonly Size?: Matching
  /** How many entries DeleteObjects has; one if absent. */
  readonly entries?: 1001
  /** Conditions of RenameObject on its source. */
  readonly SourceIfMatch?: 'current' | 'other'
  readonly SourceIfNoneMatch?: '*'
  /** Of RenameObject: whether its client token was used before. */
  readonly ClientToken?: 'used' | 'used for something else'
  /** Of an append. */
  readonly WriteOffsetBytes?: 'the size' | 'another' | '0'
  /** What is wrong or special with the body of a write. */
  readonly body?: 'empty' | 'with a wrong checksum' | 'with a checksum of another type'
  /** CompleteMultipartUpload: what was done to the key since its upload was created. */
  readonly since?: 'stored' | 'overwritten' | 'overwritten with the same bytes' | 'deleted' | 'deleted and stored'
  /** What a former attempt to complete the same upload was answered. */
  readonly before?: 404 | 412
  /** What has become of the upload, if it is not in progress. */
  readonly upload?: 'completed' | 'aborted' | 'missing'
  /** What the caller may not do; everything if absent. */
  readonly without?: 's3:ListBucket' | 's3:GetObject'
  /** What a policy of the bucket demands of writes or deletes. */
  readonly policy?: 'demands If-None-Match' | 'demands If-Match'
  /** How the request is signed, where it is not plainly signed by its headers. */
  readonly signed?:
    | 'in the query, the condition too'
    | 'in the query, a signed header is left out'
    | 'in the query, an x-amz- header is added'
    | 'with Signature Version 2'
  /** A header of another store's dialect that is sent, too. */
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
/** `deleted`: in a bucket without versioning. */
export type KeyHolds = 'object' | 'nothing' | 'deleted' | 'delete marker' | 'only delete markers'
/** `other`: any entity tag that is not the current one, be it that there is none. */
export type Tag = 'current' | 'other' | '*' | 'unquoted current' | 'list with the current' | 'list without the current'
export type AnyTag = Tag | 'current with its closing quote only' | 'noncurrent'
/** Relative to Last-Modified; `after` is not in the future. */
export type Moment = 'before' | 'at' | 'after' | 'a day ahead'
/** `malformed`: one that would refuse, but is not written as an HTTP date. */
export type AnyMoment = Moment | 'an hour ahead' | 'a minute ahead' | 'malformed'
export type Matching = 'matching' | 'other'

export interface FactResponse {
  readonly status: number
  /** Absent from a HEAD, which has no body: it is that of the GET then. Of DeleteObjects: that of the entry. */
  readonly code?: string
  /** The Condition element, as S3 writes it. */
  readonly condition?: string
  /** The Header element. */
  readonly header?: string
  /** Under which list of the answer to DeleteObjects the entry is. */
  readonly entry?: 'Deleted' | 'Errors'
}
