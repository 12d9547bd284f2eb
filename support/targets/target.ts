import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { UnsupportedCapabilities } from '../stores/store'
import type { Credentials } from '../wire/sign'
import { unlessSilent } from '../wire/silence'
import type { BrokenKeys } from './key-classes'

// The SDK warns about versions of Node that its future versions will not support. A run does not need this warning.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** How a store runs: started by the run in one of three ways, already running at an endpoint, or Amazon S3 itself. */
export type How = 'container' | 'process' | 'thread' | 'endpoint' | 'aws'

/**
 * The store to which a run sends its requests. Plain data that can be passed to Vitest's workers and to the reaper.
 * Never contains the credentials of a real account: without `credentials`, the SDK uses its credential chain.
 */
export interface Target {
  /**
   * The base URL of the store, for example `http://127.0.0.1:4566`. If absent, the SDK's endpoint for the region is
   * used.
   */
  readonly endpoint?: string
  readonly region: string
  /** The well-known test credentials of a local store. If absent, the SDK's credential chain is used. */
  readonly credentials?: Credentials
  /** Whether to send requests to `http://host/bucket/key` instead of `http://bucket.host/key`. */
  readonly forcePathStyle: boolean
  /** A twelve-digit account id, sent as `x-amz-expected-bucket-owner` with every operation that supports the header. */
  readonly expectedBucketOwner?: string
  /** The second user on Amazon S3: its AWS profile, and its principal for bucket policies. */
  readonly secondUser?: { readonly profile: string; readonly principal: string }
  /** The zone in which directory buckets are created. */
  readonly zone?: string
  /** `name` is a key of `stores`, comes from S3_STORE, or is `unknown`. */
  readonly store: { readonly name: string; readonly version: string; readonly how: How }
  /**
   * The capabilities that the store lacks: known in advance, found by the probe before the run, or listed in
   * S3_UNSUPPORTED.
   */
  readonly unsupported: UnsupportedCapabilities
  /** The classes of keys that the store mishandles, found by the probe before the run. Fixtures avoid them. */
  readonly brokenKeys?: BrokenKeys
  /** The `Server` header of a store at an endpoint. */
  readonly server?: string
  /** How long a request takes, in milliseconds. Absent for a store that the run starts. */
  readonly latencyMs?: number
  /**
   * The number of milliseconds by which the store's clock is ahead of this machine's. Present only if requests have to
   * be signed with the store's time.
   */
  readonly clockOffset?: number
  /**
   * A unique id for every run, in the form `[a-z0-9]{10}`. The names of a run's buckets contain it, so that a run
   * removes only its own buckets.
   */
  readonly runId: string
  /** The first line of a run: the store, how it runs, and why it runs that way. */
  readonly headline: string
  /**
   * A notice that this store replaces the default one. Printed before the first line and after the last line of a run.
   */
  readonly notice?: string
}

export interface RunningTarget extends Target {
  /** Stops and removes everything that was started, and removes the run's buckets. */
  stop(): Promise<void>
}

/** Matches the host names and addresses of this machine and its networks. */
const NEARBY =
  /^(localhost|[^.:]+|.*\.(localhost|local|internal|test)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/

/** Whether a store is remote, and may therefore be temporarily unavailable. */
export function isCloud({ store, endpoint }: Pick<Target, 'store' | 'endpoint'>): boolean {
  return store.how === 'aws' || (endpoint !== undefined && !NEARBY.test(new URL(endpoint).hostname))
}

/** The names of the suite's buckets begin with this prefix and the run's id: `s3cr-4f0k2m9x1a-…`. */
export const BUCKET_PREFIX = 's3cr-'

type Handler = S3Client['config']['requestHandler']
type HttpRequest = Parameters<Handler['handle']>[0]
type HttpHandlerOptions = Parameters<Handler['handle']>[1]

/** The default time limit for the beginning of a response. */
const REQUEST_MS = 5_000

/** Options that distinguish a client from the client that specs use. */
export interface ClientOptions extends Omit<S3ClientConfig, 'requestHandler'> {
  /**
   * Another client's request handler, whose connections this client shares. Options for a handler are not accepted,
   * because they would replace all timeouts.
   */
  readonly requestHandler?: Handler
  /** The time limit for the beginning of a response, in milliseconds. Defaults to 5,000. */
  readonly timeoutMs?: number
}

/**
 * Options for `connect` that enable retries. Used by every client except those of specs, whose requests cannot be
 * repeated safely.
 */
export const PATIENT: ClientOptions = { maxAttempts: 5, retryMode: 'standard' }

/** Options for `connect` that create an anonymous client, which does not sign its requests. */
export const UNSIGNED: ClientOptions = { signer: { sign: async (request) => request } }

/**
 * Creates a client for a target. All clients for stores are created here, so that they have the same timeouts. Without
 * `PATIENT`, a client makes only one attempt: a repeated conditional write can fail because of its own first attempt. A
 * request that gets no response within five seconds fails, so that a run ends soon after its store has stopped. A large
 * body extends this limit by one second per MiB, because the machine can be busy. An operation to which the store has
 * never responded is not sent a third time.
 */
export function connect(
  target: Target,
  { requestHandler, timeoutMs = REQUEST_MS, ...config }: ClientOptions = {},
): S3Client {
  const client = new S3Client({
    region: target.region,
    forcePathStyle: target.forcePathStyle,
    ...(target.endpoint && { endpoint: target.endpoint }),
    ...(target.credentials && { credentials: target.credentials }),
    ...(target.clockOffset !== undefined && { systemClockOffset: target.clockOffset }),
    maxAttempts: 1,
    requestHandler: requestHandler ?? {
      connectionTimeout: 3_000,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
    ...config,
  })
  const given: Handler & { plain?: Handler } = client.config.requestHandler
  const inner = given.plain ?? given
  client.config.requestHandler = Object.create(inner, {
    plain: { value: inner },
    handle: {
      value: (request: HttpRequest, options?: HttpHandlerOptions) => {
        const mebibytes = Number(request.headers['content-length'] ?? 0) / 1_048_576
        const requestTimeout = timeoutMs + (mebibytes < 1 ? 0 : mebibytes * 1_000)
        const send = () => inner.handle(request, { ...options, requestTimeout })
        return isCloud(target) ? send() : unlessSilent(target.endpoint ?? '', request, requestTimeout, send)
      },
    },
  })
  const { expectedBucketOwner } = target
  if (expectedBucketOwner) {
    // The owners are set in the input instead of in headers, because the SDK ignores input members that an operation
    // does not have.
    const owner = { ExpectedBucketOwner: expectedBucketOwner, ExpectedSourceBucketOwner: expectedBucketOwner }
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...owner, ...args.input } }), {
      step: 'initialize',
      name: 'expectBucketOwner',
    })
  }
  return client
}
