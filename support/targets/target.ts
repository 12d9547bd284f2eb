import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { UnsupportedCapabilities } from '../stores/store'
import type { Credentials } from '../wire/sign'
import { unlessSilent } from '../wire/silence'
import type { BrokenKeys } from './key-classes'

// Suppresses the SDK's warning about versions of Node.js that future versions of the SDK will not support.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/**
 * How a run reaches its store: the run starts the store in one of three ways, uses a store that is already running at
 * an endpoint, or uses Amazon S3.
 */
export type How = 'container' | 'process' | 'thread' | 'endpoint' | 'aws'

/**
 * The store to which a run sends its requests. Contains only plain data, so that it can be passed to Vitest's workers
 * and to the reaper. Never contains the credentials of a real account, because the SDK finds these with its credential
 * chain.
 */
export interface Target {
  /**
   * The base URL of the store, for example `http://127.0.0.1:4566`. If absent, the SDK's endpoint for the region is
   * used.
   */
  readonly endpoint?: string
  readonly region: string
  /** The default credentials of a local store. If absent, the SDK's credential chain is used. */
  readonly credentials?: Credentials
  /** Whether to send requests to `http://host/bucket/key` instead of `http://bucket.host/key`. */
  readonly forcePathStyle: boolean
  /** A twelve-digit account id, sent as `x-amz-expected-bucket-owner` with every operation that supports the header. */
  readonly expectedBucketOwner?: string
  /** The second user on Amazon S3: its AWS profile, and its principal for bucket policies. */
  readonly secondUser?: { readonly profile: string; readonly principal: string }
  /** The id of the zone in which directory buckets are created. */
  readonly zone?: string
  /** `name` is a key of `stores`, a name from S3_STORE, or `unknown`. */
  readonly store: { readonly name: string; readonly version: string; readonly how: How }
  /**
   * The capabilities that the store lacks: those known in advance, those that the probe found to be missing before the
   * run, and those listed in S3_UNSUPPORTED.
   */
  readonly unsupported: UnsupportedCapabilities
  /**
   * The classes of characters that the store mishandles in keys, as found by the probe before the run. Fixtures do not
   * create keys that contain these characters.
   */
  readonly brokenKeys?: BrokenKeys
  /** The value of the `Server` header that a store at an endpoint returns. */
  readonly server?: string
  /** The typical duration of a request, in milliseconds. Absent for a store that the run starts. */
  readonly latencyMs?: number
  /**
   * The number of milliseconds by which the store's clock is ahead of this machine's. Present only if the signatures of
   * requests have to use the store's time.
   */
  readonly clockOffset?: number
  /**
   * The unique id of the run, in the form `[a-z0-9]{10}`. The names of the run's buckets contain this id, so that the
   * run removes only its own buckets.
   */
  readonly runId: string
  /** The first line of a run's output: the store, how it runs, and why it runs that way. */
  readonly headline: string
  /**
   * A notice that this store is used instead of the default store. Printed before `headline`, and again at the end of
   * the run's output.
   */
  readonly notice?: string
}

export interface RunningTarget extends Target {
  /** Stops and removes everything that the run started, and removes the run's buckets. */
  stop(): Promise<void>
}

/** Matches the host names and addresses of this machine and of private networks. */
const NEARBY =
  /^(localhost|[^.:]+|.*\.(localhost|local|internal|test)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/

/** Whether a store is remote, and may therefore be temporarily unavailable. */
export function isCloud({ store, endpoint }: Pick<Target, 'store' | 'endpoint'>): boolean {
  return store.how === 'aws' || (endpoint !== undefined && !NEARBY.test(new URL(endpoint).hostname))
}

/** The names of the suite's buckets begin with this prefix, followed by the run's id: `s3cr-4f0k2m9x1a-…`. */
export const BUCKET_PREFIX = 's3cr-'

type Handler = S3Client['config']['requestHandler']
type HttpRequest = Parameters<Handler['handle']>[0]
type HttpHandlerOptions = Parameters<Handler['handle']>[1]

/** The default time within which a response must begin. */
const REQUEST_MS = 5_000

/** Options for `connect` that override its defaults. */
export interface ClientOptions extends Omit<S3ClientConfig, 'requestHandler'> {
  /**
   * Another client's request handler. If set, both clients use the same connections. Must not be a plain object with
   * options for a new handler, because such options would replace all timeouts.
   */
  readonly requestHandler?: Handler
  /** The time within which a response must begin, in milliseconds. Defaults to 5,000. */
  readonly timeoutMs?: number
}

/**
 * Options for `connect` that enable retries. Used by all clients except those of specs, whose requests cannot be
 * repeated safely.
 */
export const PATIENT: ClientOptions = { maxAttempts: 5, retryMode: 'standard' }

/** Options for `connect` that create an anonymous client, which does not sign its requests. */
export const UNSIGNED: ClientOptions = { signer: { sign: async (request) => request } }

/**
 * Creates a client for a target. All clients for stores are created by this function, so that they have the same
 * timeouts. Without `PATIENT`, a client makes only one attempt, because a retry of a conditional write can fail if the
 * first attempt took effect. By default, a request fails if the response does not begin within five seconds, so that a
 * run ends soon after the store has stopped. For a body of one MiB or more, the limit is extended by one second per
 * MiB, because a large body may take longer on a busy machine. If a local store does not respond to the first two
 * requests for an operation, no further requests for that operation are sent; see `unlessSilent`.
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
    // Sets the expected bucket owners in the input rather than in headers, because the SDK ignores input members that
    // an operation does not support.
    const owner = { ExpectedBucketOwner: expectedBucketOwner, ExpectedSourceBucketOwner: expectedBucketOwner }
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...owner, ...args.input } }), {
      step: 'initialize',
      name: 'expectBucketOwner',
    })
  }
  return client
}
