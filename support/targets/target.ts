import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { UnsupportedCapabilities } from '../stores/store'
import type { Credentials } from '../wire/sign'
import { unlessSilent } from '../wire/silence'
import type { BrokenKeys } from './key-classes'

// The SDK's warning about future versions of Node does not concern a run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** How a store runs: started by the run in one of three ways, found at an endpoint, or Amazon S3. */
export type How = 'container' | 'process' | 'thread' | 'endpoint' | 'aws'

/**
 * Where a run sends its requests. Plain data that can be sent to Vitest's workers and to the reaper.
 * It never contains credentials of a real account: without `credentials`, the SDK uses its credential chain.
 */
export interface Target {
  /** Base URL of the store, for example `http://127.0.0.1:4566`; absent: the SDK's endpoint for the region. */
  readonly endpoint?: string
  readonly region: string
  /** Well-known test credentials of a local store; absent: the SDK's credential chain. */
  readonly credentials?: Credentials
  /** `http://host/bucket/key` instead of `http://bucket.host/key`. */
  readonly forcePathStyle: boolean
  /** Twelve-digit account id; sent as `x-amz-expected-bucket-owner` with every operation that has the header. */
  readonly expectedBucketOwner?: string
  /** The second user on Amazon S3: its AWS profile, and the principal in policies. */
  readonly secondUser?: { readonly profile: string; readonly principal: string }
  /** The zone of directory buckets. */
  readonly zone?: string
  /** `name` is a key of `stores`, or from S3_STORE. */
  readonly store: { readonly name: string; readonly version: string; readonly how: How }
  /** The capabilities that the store lacks: known, probed before the run, or from S3_UNSUPPORTED. */
  readonly unsupported: UnsupportedCapabilities
  /** The classes of keys that the store does not store correctly, probed before the run. Fixtures avoid them. */
  readonly brokenKeys?: BrokenKeys
  /** The `Server` header of a store at an endpoint. */
  readonly server?: string
  /** How long a request takes, in milliseconds; absent for a store that the run starts. */
  readonly latencyMs?: number
  /** By how many milliseconds the store's clock is ahead, if requests have to be signed with its time. */
  readonly clockOffset?: number
  /** Unique for every run, `[a-z0-9]{10}`, and part of its buckets' names, so that a run removes only its own. */
  readonly runId: string
  /** The first line of a run: the store, how it runs, and why it runs that way. */
  readonly headline: string
  /** A notice that the store is not the selected one. Printed before the first line and after the last one. */
  readonly notice?: string
}

export interface RunningTarget extends Target {
  /** Stops and removes whatever was started, and removes the buckets of the run. */
  stop(): Promise<void>
}

/** Host names and addresses of this machine and its networks. */
const NEARBY =
  /^(localhost|[^.:]+|.*\.(localhost|local|internal|test)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/

/** Whether a store is remote, so that it can be temporarily unavailable. */
export function isCloud({ store, endpoint }: Pick<Target, 'store' | 'endpoint'>): boolean {
  return store.how === 'aws' || (endpoint !== undefined && !NEARBY.test(new URL(endpoint).hostname))
}

/** The names of the suite's buckets begin with this prefix and the run's id: `s3cr-4f0k2m9x1a-…`. */
export const BUCKET_PREFIX = 's3cr-'

type Handler = S3Client['config']['requestHandler']
type HttpRequest = Parameters<Handler['handle']>[0]
type HttpHandlerOptions = Parameters<Handler['handle']>[1]

/** How long a request may take until its response begins. */
const REQUEST_MS = 5_000

/** The options in which a client differs from the client of a spec. */
export interface ClientOptions extends Omit<S3ClientConfig, 'requestHandler'> {
  /** Another client's request handler, to share its connections. Handler options would replace all time-outs. */
  readonly requestHandler?: Handler
  /** How long a request may take until its response begins, in milliseconds; default 5,000. */
  readonly timeoutMs?: number
}

/** Options for `connect`: retries, for clients whose requests can be repeated safely: all except those of specs. */
export const PATIENT: ClientOptions = { maxAttempts: 5, retryMode: 'standard' }

/** Options for `connect`: an anonymous client, which signs nothing. */
export const UNSIGNED: ClientOptions = { signer: { sign: async (request) => request } }

/**
 * Creates a client for a target. All clients of stores are created here, with their time-outs. Without `PATIENT` a
 * client makes one attempt, since a repeated conditional write can fail because of its first attempt. A request that
 * gets no response within five seconds fails, so that a run ends soon after its store. A large body gets one more
 * second per MiB, since the machine can be busy. An operation to which the store never responds is not sent a third
 * time.
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
    // Set as input instead of a header: the SDK ignores it for operations that do not have the member.
    const owner = { ExpectedBucketOwner: expectedBucketOwner, ExpectedSourceBucketOwner: expectedBucketOwner }
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...owner, ...args.input } }), {
      step: 'initialize',
      name: 'expectBucketOwner',
    })
  }
  return client
}
