/** The id of a fact of the reference of Amazon S3 conditional requests, such as `P02`. */
export type FactId = string

/** The id of an open question there, such as `O17`: nobody has seen what Amazon S3 does. */
export type QuestionId = string

/** An operation that conditions are about, by its name in the SDK. */
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

/** A request as whoever stands between a client and a store sees it. Headers are as they were sent. */
export interface Request {
  readonly operation: Operation
  /** The key in the path. */
  readonly key: string
  readonly headers?: Headers
  /** Names of other headers that were sent, in lower case. */
  readonly otherHeaders?: readonly string[]
  /** Where it was sent to, if not to the REST endpoint. */
  readonly endpoint?: 'website'
  /** Version id in the query. */
  readonly versionId?: string
  /** Part number in the query of a read. */
  readonly partNumber?: number
  /** Of a copy: the version id in x-amz-copy-source. */
  readonly sourceVersionId?: string
  /** Of DeleteObjects, in its order. */
  readonly entries?: readonly Entry[]
  /** Of PutObject, once it is there; the checksum of an append. */
  readonly body?: { readonly size: number; readonly checksum?: 'wrong' | 'of another type' }
  readonly signature?: Signature
  readonly caller?: Caller
}

/** The headers that matter here, by the names of the SDK's members; absent ones were not sent. */
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

/** One object of DeleteObjects, with its conditions as its XML has them. */
export interface Entry {
  readonly key: string
  readonly versionId?: string
  readonly etag?: string
  readonly size?: string
  readonly lastModifiedTime?: string
}

/** How a request is signed; plainly by its headers, with Signature Version 4, where it is absent. */
export interface Signature {
  readonly version: 2 | 4
  /** Of a presigned URL: header names, in lower case. */
  readonly presigned?: {
    /** Conditions that stand in the query, under the signature, as if they were headers. */
    readonly inQuery?: readonly string[]
    /** Covered by the signature and not sent. */
    readonly leftOut: readonly string[]
    /** Sent and not covered by the signature. */
    readonly added: readonly string[]
  }
}

/** Who asks; may do everything where it is absent. */
export interface Caller {
  readonly mayList?: boolean
  readonly mayGet?: boolean
  /** Has no rights but those that the policy of the bucket gives. */
  readonly onlyByPolicy?: boolean
}

/** What a store can tell when the request is evaluated: for a write, when its body is there (P26). */
export interface State {
  readonly now: Date
  readonly bucket: Bucket
  /** What the request's key holds; of a copy and a rename, the destination. */
  readonly key: Key
  /** What the source of a copy or rename holds. */
  readonly source?: Key
  /** What the keys of DeleteObjects hold, in the order of its entries. */
  readonly entries?: readonly Key[]
  readonly upload?: Upload
  /** Of PutObject: a delete of the key has succeeded since the request began. */
  readonly deletedMeanwhile?: boolean
  /** Of RenameObject: whether its client token was used, and for the same request. */
  readonly clientToken?: 'used' | 'used for something else'
}

export interface Bucket {
  readonly versioning: 'never' | 'enabled' | 'suspended'
  readonly directory: boolean
  readonly policy?: Policy
}

/** A bucket policy, as far as it is about conditional requests. */
export interface Policy {
  readonly Statement: readonly Statement[]
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  /** `Null` and `Bool` on the condition keys, and comparisons of their values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface Key {
  /** The object that a request without a version id gets; absent when there is none or a delete marker is current. */
  readonly current?: Version
  /** The delete marker that is the current version. */
  readonly deleteMarker?: Marker
  /** What the version id of the request addresses, if there is such a version. */
  readonly addressed?: Version | Marker
}

export interface Version {
  /** With its quotes, as S3 answers it. */
  readonly etag: string
  readonly lastModified: Date
  readonly size: number
  readonly versionId?: string
  /** Of a multipart object: how many parts it has. */
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
  /** Whether the key held an object when the upload was created. */
  readonly keyHeldObject: boolean
  /** Whether anything was stored in the key or deleted from it since, even the same bytes. */
  readonly keyChangedSince: boolean
  /** What the last attempt to complete it was answered. */
  readonly refusedWith?: 404 | 409 | 412
}

/** What S3 does: goes through with it, refuses, or nobody knows. */
export type Outcome = Accepted | Refused | NotKnown

export interface Accepted {
  readonly kind: 'accepted'
  readonly status: number
  /** What has become of the key afterwards. */
  readonly effect: Effect
  readonly steps: readonly Step[]
  /** Of DeleteObjects: each entry on its own. */
  readonly entries?: readonly { readonly entry: Entry; readonly outcome: Outcome }[]
}

export interface Refused {
  readonly kind: 'refused'
  readonly error: Refusal
  /** `unchanged` on Amazon S3; rules that are wrong on purpose can write all the same. */
  readonly effect: Effect
  readonly steps: readonly Step[]
}

/** Where the facts end. */
export interface NotKnown {
  readonly kind: 'not known'
  readonly question?: QuestionId
  /** What is expected, though nobody has seen it; absent where there is no reason to expect anything. */
  readonly expected?: Accepted | Refused
  readonly steps: readonly Step[]
}

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

/** A refusal as it goes over the wire; a HEAD and a 304 have no body, so that only status and headers of it are sent. */
export interface Refusal {
  readonly status: number
  readonly code?: string
  /** Where Amazon S3's own words are known. */
  readonly message?: string
  readonly condition?: string
  readonly header?: string
  readonly additionalMessage?: string
  readonly key?: string
  /** Further elements of the body. */
  readonly elements?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** One step on the way to an answer, and what it rests on. */
export interface Step {
  readonly says: string
  readonly facts: readonly FactId[]
  /** Nobody knows it; `O1` where it is a question of the catalogue. What follows is expected. */
  readonly open?: QuestionId | true
  /** Of an open step: nothing speaks for it, so that what follows is not even expected. */
  readonly isGuess?: true
  /** It says more of the answer than what it is, and the answer does not rest on it. */
  readonly beside?: true
}
