/** The id of a fact about the behaviour of Amazon S3, such as `P02`. */
export type FactId = string

/** The id of an open question about the behaviour of Amazon S3, such as `O17`. */
export type QuestionId = string

/** The SDK name of an operation that the rules cover. */
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

/** A request as a store receives it, with unparsed header values. */
export interface Request {
  readonly operation: Operation
  /** The key in the path. */
  readonly key: string
  readonly headers?: Headers
  /** The lower-case names of the headers that were sent, including headers that are not in `headers`. */
  readonly otherHeaders?: readonly string[]
  /** Set only if the request was sent to the website endpoint instead of the REST endpoint. */
  readonly endpoint?: 'website'
  readonly versionId?: string
  readonly partNumber?: number
  /** The version id in x-amz-copy-source. */
  readonly sourceVersionId?: string
  /** The entries of a DeleteObjects request, in order. */
  readonly entries?: readonly Entry[]
  /** The body of a PutObject request. `checksum` is set only for an append whose checksum is rejected. */
  readonly body?: { readonly size: number; readonly checksum?: 'wrong' | 'of another type' }
  readonly signature?: Signature
  readonly caller?: Caller
}

/** The conditions, ranges and write offset in a request's headers, keyed by SDK parameter name. */
export interface Headers {
  readonly ifMatch?: string
  readonly ifNoneMatch?: string
  readonly ifModifiedSince?: string
  readonly ifUnmodifiedSince?: string
  readonly range?: string
  readonly ifRange?: string
  readonly copySourceIfMatch?: string
  readonly copySourceIfNoneMatch?: string
  readonly copySourceIfModifiedSince?: string
  readonly copySourceIfUnmodifiedSince?: string
  readonly copySourceRange?: string
  readonly ifMatchSize?: string
  readonly ifMatchLastModifiedTime?: string
  readonly ifMatchInitiatedTime?: string
  readonly renameSourceIfMatch?: string
  readonly renameSourceIfNoneMatch?: string
  readonly renameSourceIfModifiedSince?: string
  readonly renameSourceIfUnmodifiedSince?: string
  readonly writeOffsetBytes?: string
  readonly objectIfMatch?: string
}

/** One object in a DeleteObjects request, with its conditions as written in the XML. */
export interface Entry {
  readonly key: string
  readonly versionId?: string
  readonly etag?: string
  readonly size?: string
  readonly lastModifiedTime?: string
}

/** How a request is signed. If omitted, the request's headers contain a valid Signature Version 4 signature. */
export interface Signature {
  readonly version: 2 | 4
  /** Lists of lower-case header names. Set only for a presigned URL. */
  readonly presigned?: {
    /** Conditions in the signed query string. They are treated as headers. */
    readonly inQuery?: readonly string[]
    /** Headers that were signed but not sent. */
    readonly leftOut: readonly string[]
    /** Headers that were sent but not signed. */
    readonly added: readonly string[]
  }
}

/** The permissions of the caller. Omitted permissions are treated as granted. */
export interface Caller {
  readonly mayList?: boolean
  readonly mayGet?: boolean
  /** Whether the caller has only the permissions that the bucket policy grants. */
  readonly onlyByPolicy?: boolean
}

/** The state of a store when a request is evaluated. A write is evaluated after its body has been received (P26). */
export interface State {
  readonly now: Date
  readonly bucket: Bucket
  /** The key in the path of the request. For a copy or rename, this is the destination. */
  readonly key: Key
  /** The source of a copy or rename. */
  readonly source?: Key
  /** The keys in a DeleteObjects request, in the order of its entries. */
  readonly entries?: readonly Key[]
  readonly upload?: Upload
  /** Whether a delete of the key succeeded while the PutObject request was in progress. */
  readonly deletedMeanwhile?: boolean
  /** Present if a RenameObject request's client token was already used, for the same rename or for a different one. */
  readonly clientToken?: 'used' | 'used for something else'
}

export interface Bucket {
  readonly versioning: 'never' | 'enabled' | 'suspended'
  readonly directory: boolean
  readonly policy?: Policy
}

/** The statements of a bucket policy that apply to the caller and the key. */
export interface Policy {
  readonly Statement: readonly Statement[]
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  /** The expected values, keyed by operator (such as `Null` or `StringNotEquals`) and then by condition key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface Key {
  /** The current object; absent if the key does not exist or its current version is a delete marker. */
  readonly current?: Version
  /** The current version, if it is a delete marker. */
  readonly deleteMarker?: Marker
  /** The version that the version id in the request refers to, if it exists. */
  readonly addressed?: Version | Marker
}

export interface Version {
  /** The ETag, including its quotes. */
  readonly etag: string
  readonly lastModified: Date
  readonly size: number
  /** The number of parts, if the object was created by a multipart upload. */
  readonly parts?: number
}

export interface Marker {
  readonly isDeleteMarker: true
  readonly versionId: string
  readonly lastModified: Date
}

export interface Upload {
  readonly state: 'in progress' | 'completed' | 'aborted'
  readonly initiated: Date
  /** Whether the key existed when the upload was created. */
  readonly keyHeldObject: boolean
  /** Whether the key was written, even with identical bytes, or deleted after the upload was created. */
  readonly keyChangedSince: boolean
  /** The status of the response to the last attempt to complete the upload. Set only if that attempt failed. */
  readonly failedWith?: 404 | 409 | 412
}

export type Outcome = Success | Failure | Unknown

export interface Success {
  readonly kind: 'success'
  readonly status: number
  readonly effect: Effect
  readonly steps: readonly Step[]
  /** The range of bytes in a 206 response to a request with a Range header. */
  readonly range?: Range
  /** The outcome of each entry in a DeleteObjects request. */
  readonly entries?: readonly { readonly entry: Entry; readonly outcome: Outcome }[]
}

/** An inclusive range of bytes. Positions start at 0. */
export interface Range {
  readonly first: number
  readonly last: number
}

export interface Failure {
  readonly kind: 'failure'
  readonly error: ErrorResponse
  /** Always `unchanged`, except in a mutant of the rules. */
  readonly effect: Effect
  readonly steps: readonly Step[]
}

/** The outcome of a request that no fact covers. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly question?: QuestionId
  /** The outcome that is expected although no fact confirms it. Absent if none is expected. */
  readonly expected?: Success | Failure
  readonly steps: readonly Step[]
}

/** The effect of a request on its key or upload. */
export type Effect =
  | 'unchanged'
  | 'written'
  | 'appended'
  | 'part stored'
  | 'deleted'
  | 'delete marker made'
  | 'renamed'
  | 'annotated'
  | 'upload aborted'

/** An error response or a 304. A 304, like any response to HEAD, has only a status and headers. */
export interface ErrorResponse {
  readonly status: number
  readonly code?: string
  /** Amazon S3's message, if it is known. */
  readonly message?: string
  readonly condition?: string
  readonly header?: string
  readonly additionalMessage?: string
  readonly key?: string
  /** Additional XML elements in the body, keyed by name. */
  readonly elements?: Readonly<Record<string, string>>
  /** Additional headers. Their names are spelled as Amazon S3 spells them. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One step of an evaluation, with the facts that support it. */
export interface Step {
  readonly reason: string
  readonly facts: readonly FactId[]
  /**
   * The id of the open question that covers the step, or `true` if no open question does. Set only if no fact confirms
   * the step.
   */
  readonly open?: QuestionId | true
  /** Present if the step is a guess. An unknown outcome with such a step has no `expected`. */
  readonly isGuess?: true
  /** Present if the step describes a detail of the response and does not affect the outcome. */
  readonly isDetail?: true
}
