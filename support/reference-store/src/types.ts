/// <reference lib="esnext.disposable" preserve="true" />
import type { Fault, Faults } from './core/fault.ts'

export interface KeyPair {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The options of `startReferenceStore`. Every option can be omitted. */
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
   * The key pair of a second user, who has only the permissions that a bucket policy grants. Default: access key ID
   * `guest`, secret access key `guest`.
   */
  readonly secondUser?: KeyPair
  /** The faults to inject from the start. Default: none. */
  readonly faults?: readonly Fault[]
  /**
   * Receives a line for each conditional request and each injected fault. The line for a request names the
   * facts that support the response.
   */
  readonly log?: (line: string) => void
  /**
   * The clock for `Last-Modified` and the expiry of presigned URLs. The store also calls this function once at startup,
   * to check that it returns a valid date. Default: the system clock.
   */
  readonly now?: () => Date
  /** The maximum number of bytes to store. A write that would exceed the maximum fails with 503. Default: 2 GiB. */
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
  /** A user who has only the permissions that a bucket policy grants to `arn`. */
  readonly secondUser: KeyPair & { readonly arn: string }
  /** The injected faults. `add` throws a TypeError for a fault that no request can trigger. */
  readonly faults: Faults
  /** The last 1,000 log lines, as passed to the function in the `log` option. */
  readonly log: readonly string[]
  /** Removes all buckets, faults and log lines. */
  reset(): void
  /** Stops the store and closes its connections. A second call has no effect. */
  close(): Promise<void>
  /** Calls `close`, so that `await using` stops the store. */
  [Symbol.asyncDispose](): Promise<void>
}
