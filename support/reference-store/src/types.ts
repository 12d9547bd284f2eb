/// <reference lib="esnext.disposable" preserve="true" />
import type { Fault, Faults } from './core/fault.ts'

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
  /** The key pair of the user who owns all buckets. Default: access key ID `test`, secret access key `test`. */
  readonly owner?: KeyPair
  /**
   * The key pair of a user with only the rights that a bucket policy grants. Default: access key ID `guest`, secret
   * access key `guest`.
   */
  readonly secondUser?: KeyPair
  /** The faults with which the store starts. Default: none. */
  readonly faults?: readonly Fault[]
  /** Receives one line for each conditional request, with the facts behind the response, and one for each fault. */
  readonly log?: (line: string) => void
  /**
   * The clock for `Last-Modified` and the expiry of presigned URLs. It is also called once at startup, to check its
   * result. Default: the system clock.
   */
  readonly now?: () => Date
  /** A write that would exceed this number of stored bytes fails with 503. Default: 2 GiB. */
  readonly maxBytes?: number
  /** Whether to verify the signature of every request, not only of presigned URLs. Default: false. */
  readonly verifySignatures?: boolean
}

export interface ReferenceStore {
  /** For example, `http://127.0.0.1:4570`. */
  readonly endpoint: string
  readonly credentials: KeyPair
  /** For the AWS SDK: `new S3Client(store.clientConfig)`. */
  readonly clientConfig: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: KeyPair
    readonly forcePathStyle: true
  }
  /** A user with only the rights that a bucket policy grants to `arn`. */
  readonly secondUser: KeyPair & { readonly arn: string }
  /** `add` throws a TypeError for a fault that can never happen. */
  readonly faults: Faults
  /** The last 1,000 log lines, in the form that the `log` option receives. */
  readonly log: readonly string[]
  /** Drops all buckets, faults and log lines. */
  reset(): void
  /** Stops the store and closes its connections. A second call has no effect. */
  close(): Promise<void>
  /** Calls `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}
