/** The id of a fact of the reference of Amazon S3 conditional requests, such as `P02`. */
export type FactId = string

/** The id of an open question of the reference, such as `O17`: the behaviour of Amazon S3 is not known. */
export type QuestionId = string

/** An operation that can be conditional, by its name in the SDK. */
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

/** A request as a store receives it. Headers are as they were sent. */
export interface Request {
  readonly operation: Operation
  /** The key in the path. */
  readonly key: string
  readonly headers?: Headers
  /** The names of other headers, in lower case. */
  readonly otherHeaders?: readonly string[]
  /** Default: the REST endpoint. */
  readonly endpoint?: 'website'
  readonly versionId?: string
  readonly partNumber?: number
  /** The version id in x-amz-copy-source. */
  readonly sourceVersionId?: string
  /** The entries of DeleteObjects, in order. */
  readonly entries?: readonly Entry[]
  /** The body of PutObject, and the checksum of an append. */
  readonly body?: { readonly size: number; readonly checksum?: 'wrong' | 'of another type' }
  readonly signature?: Signature
  readonly caller?: Caller
}

/** The conditions, ranges and offset of a request, by the names of the SDK. */
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

/** One object of DeleteObjects, with its conditions as in the XML. */
export interface Entry {
  readonly key: string
  readonly versionId?: string
  readonly etag?: string
  readonly size?: string
  readonly lastModifiedTime?: string
}

/** How a request is signed. Default: Signature Version 4 in its headers. */
export interface Signature {
  readonly version: 2 | 4
  /** Header names of a presigned URL, in lower case. */
  readonly presigned?: {
    /** Signed conditions in the query, which count as headers. */
    readonly inQuery?: readonly string[]
    /** Signed, but not sent. */
    readonly leftOut: readonly string[]
    /** Sent, but not signed. */
    readonly added: readonly string[]
  }
}

/** The rights of the caller. Default: all. */
export interface Caller {
  readonly mayList?: boolean
  readonly mayGet?: boolean
  /** The caller has only the rights that the bucket policy grants. */
  readonly onlyByPolicy?: boolean
}

/** The state of a store when a request is evaluated: for a write, after its body has been received (P26). */
export interface State {
  readonly now: Date
  readonly bucket: Bucket
  /** The key of the request; the destination of a copy or rename. */
  readonly key: Key
  /** The source of a copy or rename. */
  readonly source?: Key
  /** The keys of DeleteObjects, in the order of its entries. */
  readonly entries?: readonly Key[]
  readonly upload?: Upload
  /** A delete of the key has succeeded since PutObject began. */
  readonly deletedMeanwhile?: boolean
  /** The client token of RenameObject was used before, for the same or another rename. */
  readonly clientToken?: 'used' | 'used for something else'
}

export interface Bucket {
  readonly versioning: 'never' | 'enabled' | 'suspended'
  readonly directory: boolean
  readonly policy?: Policy
}

/** The statements of a bucket policy about the caller and the key. */
export interface Policy {
  readonly Statement: readonly Statement[]
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  /** `Null`, `Bool`, `StringEquals` or `StringNotEquals` by condition key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface Key {
  /** The current object; absent if the key does not exist or its current version is a delete marker. */
  readonly current?: Version
  /** The delete marker that is the current version. */
  readonly deleteMarker?: Marker
  /** The version that the version id of the request names, if it exists. */
  readonly addressed?: Version | Marker
}

export interface Version {
  /** With its quotes. */
  readonly etag: string
  readonly lastModified: Date
  readonly size: number
  readonly versionId?: string
  /** The number of parts of a multipart object. */
  readonly parts?: number
}

export interface Marker {
  readonly isDeleteMarker: true
  readonly versionId: string
  readonly lastModified: Date
}

export interface Upload {
  readonly state: 'in progress' | 'completed' | 'aborted' | 'missing'
  readonly initiated: Date
  /** Whether the key had an object when the upload was created. */
  readonly keyHeldObject: boolean
  /** Whether the key was written or deleted since then, even with identical bytes. */
  readonly keyChangedSince: boolean
  /** The status of the last attempt to complete the upload, if it failed. */
  readonly failedWith?: 404 | 409 | 412
}

export type Outcome = Success | Failure | Unknown

export interface Success {
  readonly kind: 'success'
  readonly status: number
  readonly effect: Effect
  readonly steps: readonly Step[]
  /** The outcome of each entry of DeleteObjects. */
  readonly entries?: readonly { readonly entry: Entry; readonly outcome: Outcome }[]
}

export interface Failure {
  readonly kind: 'failure'
  readonly error: ErrorResponse
  /** `unchanged` on Amazon S3; mutated rules can change the key. */
  readonly effect: Effect
  readonly steps: readonly Step[]
}

/** No fact applies. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly question?: QuestionId
  /** The expected outcome, although it was never recorded; absent if nothing suggests one. */
  readonly expected?: Success | Failure
  readonly steps: readonly Step[]
}

/** What a request changes. */
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

/** The response of a failure. HEAD and 304 have no body: only status and headers are sent. */
export interface ErrorResponse {
  readonly status: number
  readonly code?: string
  /** The message of Amazon S3, if it is known. */
  readonly message?: string
  readonly condition?: string
  readonly header?: string
  readonly additionalMessage?: string
  readonly key?: string
  /** More elements of the body. */
  readonly elements?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** One step of an evaluation, and the facts that support it. */
export interface Step {
  readonly reason: string
  readonly facts: readonly FactId[]
  /** The step was never recorded; the open question about it, if there is one. */
  readonly open?: QuestionId | true
  /** Nothing suggests the step, and no outcome is expected. */
  readonly isGuess?: true
  /** The step describes the response, and does not decide it. */
  readonly isDetail?: true
}
