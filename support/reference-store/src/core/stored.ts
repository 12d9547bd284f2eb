import type { Bucket, Policy, Upload } from '../rules/index.ts'
import type { Headers } from './message.ts'
import type { Xml } from './respond.ts'

export interface StoredObject {
  readonly kind: 'object'
  /** `null` unless the object was stored while versioning was enabled. */
  readonly versionId: string
  /** Including the quotes. */
  readonly etag: string
  readonly lastModified: Date
  readonly size: number
  readonly body: readonly Buffer[]
  readonly parts?: readonly StoredPart[]
  /** System metadata, keyed by header name in Amazon S3's capitalization, such as `Content-Type`. */
  readonly headers: Headers
  /** User metadata, keyed by lower-case name without `x-amz-meta-`. */
  readonly metadata: Headers
  readonly checksum?: Checksum
  readonly encryption: Encryption
  tags: Tags
  readonly annotations: Map<string, Annotation>
  /** Object Lock prevents the deletion of this version until the given date. */
  retainUntil?: Retention
}

export type Tags = readonly (readonly [key: string, value: string])[]

export interface Retention {
  readonly mode: string
  readonly until: Date
}

export interface StoredMarker {
  readonly kind: 'delete marker'
  readonly versionId: string
  readonly lastModified: Date
}

export type StoredVersion = StoredObject | StoredMarker

export interface StoredPart {
  readonly number: number
  readonly size: number
  /** Including the quotes. */
  readonly etag: string
  readonly lastModified: Date
  readonly body: readonly Buffer[]
  readonly checksum?: Checksum
}

export const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'MD5', 'SHA1', 'SHA256', 'SHA512'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

export interface Checksum {
  readonly algorithm: Algorithm
  /** In Base64. A composite checksum has a suffix with the number of parts, such as `-3`. */
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
}

export type Encryption =
  | { readonly kind: 'AES256' }
  | { readonly kind: 'aws:kms' | 'aws:kms:dsse'; readonly keyId: string; readonly bucketKey: boolean }
  /** SSE-C. `keyMd5` is the MD5 of the customer-provided key, in Base64. */
  | { readonly kind: 'customer'; readonly keyMd5: string }

interface Annotation {
  readonly body: readonly Buffer[]
  readonly etag: string
  readonly lastModified: Date
}

export interface StoredUpload {
  readonly id: string
  readonly key: string
  readonly initiated: Date
  /** The properties of the object to create. */
  readonly object: Properties
  readonly algorithm?: Algorithm
  readonly checksumType?: Checksum['type']
  readonly parts: Map<number, StoredPart>
  readonly keyHeldObject: boolean
  state: 'in progress' | 'completed' | 'aborted'
  keyChangedSince: boolean
  failedWith?: NonNullable<Upload['failedWith']>
  /** The parts listed in CompleteMultipartUpload and the version created from them. Set only for a completed upload. */
  completed?: { readonly listed: string } & Pick<StoredObject, 'versionId' | 'etag' | 'checksum'>
}

export interface StoredBucket {
  readonly name: string
  readonly region: string
  readonly created: Date
  readonly isDirectory: boolean
  versioning: Bucket['versioning']
  /** The versions of each key, newest first. No list is empty. */
  readonly keys: Map<string, StoredVersion[]>
  readonly uploads: Map<string, StoredUpload>
  /** The LocationConstraint with which the bucket was created. */
  readonly constraint?: string
  /** The content of the bucket's XML documents, keyed by sub-resource, such as `tagging`. */
  readonly settings: Map<string, Xml>
  /** Whether the bucket rejects policies that grant everyone access. */
  blocksPublicPolicy: boolean
  policy?: StoredPolicy
  cors?: readonly CorsRule[]
  /** The suffix of the website's index document; absent if the bucket has no website. */
  websiteIndex?: string
  encryption?: Encryption
  /** Set if Object Lock is enabled. Contains the default retention, or is empty if there is none. */
  objectLock?: { readonly mode?: string; readonly days?: number }
  /** Maps the client token of each completed RenameObject request to its source and destination keys, as JSON. */
  readonly clientTokens: Map<string, string>
}

export interface StoredPolicy {
  /** The policy document as received. */
  readonly text: string
  readonly Statement: readonly StoredStatement[]
}

export type StoredStatement = Policy['Statement'][number] & {
  readonly Principal?: '*' | { readonly AWS?: string | readonly string[] }
  readonly Resource?: string | readonly string[]
}

export interface CorsRule {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly headers: readonly string[]
  readonly expose: readonly string[]
  readonly maxAge?: string
}

export type NewObject = Omit<StoredObject, 'kind' | 'versionId'>

/** The object properties that are determined when the object or its multipart upload is created. */
export type Properties = Pick<StoredObject, 'headers' | 'metadata' | 'encryption' | 'tags' | 'retainUntil'>
