/// <reference lib="esnext.disposable" preserve="true" />
import type { Fault, Faults } from './core/fault.ts'

/** A key pair for the AWS SDK. */
export interface KeyPair {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The options of `startReferenceStore`. Every option has a default. */
export interface ReferenceStoreOptions {
  /** From 0 to 65535. Default: 0, which picks a free port. */
  readonly port?: number
  /** The address to listen on. Default: `127.0.0.1`, which only this machine can reach. */
  readonly host?: string
  /** The region of new buckets and of `clientConfig`. Default: `us-east-1`. */
  readonly region?: string
  /** Owns all buckets. Default: access key ID `test`, secret access key `test`. */
  readonly owner?: KeyPair
  /** Has only the rights that a bucket policy grants. Default: access key ID `guest`, secret access key `guest`. */
  readonly secondUser?: KeyPair
  /** The initial faults, as for `faults.add`. Default: none. */
  readonly faults?: readonly Fault[]
  /** Receives one line for each conditional request, with the facts behind the response. */
  readonly log?: (line: string) => void
  /** The clock for `Last-Modified` and the expiry of presigned URLs. Called once at startup. Default: system clock. */
  readonly now?: () => Date
  /** A write that would exceed this number of stored bytes fails with 503. Default: 2 GiB. */
  readonly maxBytes?: number
  /** Verify the signature of every request, not only those that affect conditional requests. Default: false. */
  readonly verifySignatures?: boolean
}

/** A running store. */
export interface ReferenceStore {
  /** Such as `http://127.0.0.1:4570`. */
  readonly endpoint: string
  readonly credentials: KeyPair
  /** For the AWS SDK: `new S3Client(store.clientConfig)`. */
  readonly clientConfig: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: KeyPair
    readonly forcePathStyle: true
  }
  /** Has only the rights that a bucket policy grants to `arn`. */
  readonly secondUser: KeyPair & { readonly arn: string }
  /** `add` throws a TypeError for a fault that can never happen. */
  readonly faults: Faults
  /** The last 1,000 lines of the log: one for each conditional request, with the facts behind the response. */
  readonly log: readonly string[]
  /** Drops all buckets, faults and lines of the log. */
  reset(): void
  /** Stops the store and closes its connections. A second call has no effect. */
  close(): Promise<void>
  /** Calls `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}
