import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { UnsupportedCapabilities } from '../stores/store'
import type { Credentials } from '../wire/sign'
import { unlessSilent } from '../wire/silence'
import type { BrokenKeys } from './key-classes'

// Which Node versions the SDK will support next year is not what a run is about.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** How the store came to run: started here in one of three ways, or found at an endpoint, or Amazon S3. */
export type How = 'container' | 'process' | 'thread' | 'endpoint' | 'aws'

/**
 * Where a run sends its requests. Plain data, so that it can be handed to Vitest's workers and to the reaper.
 * It never holds credentials of a real account: without `credentials` the SDK's own chain is asked.
 */
export interface Target {
  /** Base URL of the store, for example `http://127.0.0.1:4566`; absent: the SDK's own endpoint for the region. */
  readonly endpoint?: string
  readonly region: string
  /** Well-known test credentials of a local store; absent: the SDK's own credential chain. */
  readonly credentials?: Credentials
  /** `http://host/bucket/key` instead of `http://bucket.host/key`. */
  readonly forcePathStyle: boolean
  /** Twelve-digit account id; sent as `x-amz-expected-bucket-owner` with every request that knows the header. */
  readonly expectedBucketOwner?: string
  /** The second caller on Amazon S3: its AWS profile, and how a policy names it. */
  readonly secondUser?: { readonly profile: string; readonly principal: string }
  /** The zone in which directory buckets are made. */
  readonly zone?: string
  /** `name` is a key of `stores`, or what S3_STORE says. */
  readonly store: { readonly name: string; readonly version: string; readonly how: How }
  /** What the store lacks: known of it, found out before the run, or said by S3_UNSUPPORTED. */
  readonly unsupported: UnsupportedCapabilities
  /** The classes of keys that it does not store right, found out before the run: keys of fixtures do without them. */
  readonly brokenKeys?: BrokenKeys
  /** What a store at an endpoint calls itself in its header Server. */
  readonly server?: string
  /** How long a request takes, in milliseconds; absent for a store that the run starts. */
  readonly latencyMs?: number
  /** Milliseconds that the store's clock is ahead of this machine's, where requests have to be signed by its clock. */
  readonly clockOffset?: number
  /** Unique for every run, `[a-z0-9]{10}`; part of every bucket's name, so that a run removes only its own buckets. */
  readonly runId: string
  /** The first line of a run: what it runs against, how, and why that way. */
  readonly headline: string
  /** Before the first line and after the last one: the run is about another store than the one that was meant. */
  readonly notice?: string
}

export interface RunningTarget extends Target {
  /** Stops and removes whatever was started; buckets of this run that are still there are emptied and deleted. */
  stop(): Promise<void>
}

/** Names and addresses of this machine and its networks. */
const NEARBY =
  /^(localhost|[^.:]+|.*\.(localhost|local|internal|test)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/

/** Whether a store runs somewhere else, so that it can be unavailable for a while for everybody. */
export function isCloud({ store, endpoint }: Pick<Target, 'store' | 'endpoint'>): boolean {
  return store.how === 'aws' || (endpoint !== undefined && !NEARBY.test(new URL(endpoint).hostname))
}

/** Every bucket of the suite carries this prefix, then the run's id: `s3cr-4f0k2m9x1a-…`. */
export const BUCKET_PREFIX = 's3cr-'

type Handler = S3Client['config']['requestHandler']
type HttpRequest = Parameters<Handler['handle']>[0]
type HttpHandlerOptions = Parameters<Handler['handle']>[1]

/** How long a request may take until its response begins. */
const REQUEST_MS = 5_000

/** What a client differs in from that of a spec. */
export interface ClientOptions extends Omit<S3ClientConfig, 'requestHandler'> {
  /** The connections of another client. Not options of the SDK: they would replace all time-outs that are set here. */
  readonly requestHandler?: Handler
  /** How long a request may take until its response begins, in milliseconds; 5,000 without it. */
  readonly timeoutMs?: number
}

/** For `connect`: the patience of all clients but a spec's own, as their requests may be sent again without harm. */
export const PATIENT: ClientOptions = { maxAttempts: 5, retryMode: 'standard' }

/** For `connect`: a client that signs nothing, as nobody in particular. */
export const UNSIGNED: ClientOptions = { signer: { sign: async (request) => request } }

/**
 * Opens a client for a target. All clients of stores are made here, with their time-outs.
 * Without `PATIENT` it makes one attempt: a conditional write that is sent again can be refused by its own first
 * attempt. A request that gets no response within five seconds fails, so that a run ends soon after its store has gone.
 * A large body gets a second more for each MiB, since the machine can be busy. An operation to which the store never
 * responds is not sent a third time.
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
    // As input, not as a header: the SDK sends it with the operations that have it, and leaves it away from the others.
    const owner = { ExpectedBucketOwner: expectedBucketOwner, ExpectedSourceBucketOwner: expectedBucketOwner }
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...owner, ...args.input } }), {
      step: 'initialize',
      name: 'expectBucketOwner',
    })
  }
  return client
}
