import { HeadObjectCommand, ListBucketsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import type { UnsupportedCapabilities } from '../stores/store'
import { isNoResponse, isUnreachable } from '../wire/no-response'
import { type Exchange, exchangeOf, record } from '../wire/record'
import { createBucket, removeNewBucket } from './buckets'
import type { Probing } from './capabilities'
import { failureOf, statusOf } from './s3-errors'
import { BUCKET_PREFIX, connect, PATIENT, type Target, UNSIGNED } from './target'
import { within } from './within'

/**
 * The time limits for the first ListBuckets request and for the first write. They are long because the store may have
 * just started.
 */
const LIST_MS = 15_000
const COLD_MS = 30_000

/** Thrown if the store rejects the credentials, or if the credentials lack a permission. */
export class CredentialsRejected extends SetupError {}

/** Whether a response means that the request was sent to, or signed for, the wrong region. */
function isOtherRegion(status: number, code = '', region?: string): boolean {
  if (status === 301 || status === 307) return code !== '' || region !== undefined
  if (code === 'AuthorizationHeaderMalformed') return region !== undefined
  return /^(PermanentRedirect|TemporaryRedirect|IllegalLocationConstraintException)$/.test(code)
}

/** Matches the error codes that indicate invalid credentials or an invalid signature in a 400 response. */
const REJECTED = /^(ExpiredToken|InvalidToken|InvalidClientTokenId|AuthorizationHeaderMalformed|InvalidSecurity)/

/**
 * Lists buckets to check that a target is an S3 endpoint and accepts the credentials.
 * @param where the name of the target in messages, such as its endpoint
 * @returns the missing capabilities: `list-buckets` if the store cannot list buckets, otherwise none
 * @throws SetupError if the target is unreachable, is not an S3 endpoint, or rejects the credentials
 */
export async function checkIsS3(target: Target, where: string): Promise<UnsupportedCapabilities> {
  const exchanges: Exchange[] = []
  const client = record(connect(target, { ...PATIENT, timeoutMs: LIST_MS }), 'fixture', exchanges)
  try {
    const list = client.send(new ListBucketsCommand({ MaxBuckets: 1 }))
    if ((await within(LIST_MS, list)).Buckets) return {}
    throw failureAt(where, exchanges.at(-1))
  } catch (error) {
    if (error instanceof SetupError) throw error
    const last = exchanges.at(-1)
    if (isUnreachable(error)) throw failureAt(where, last, error)
    const isLacking =
      last && (isNoResponse(error) || ((last.response?.status ?? 0) >= 500 && last.response?.error?.Code))
    if (isLacking) return { 'list-buckets': failureOf(error, 'ListBuckets') }
    throw failureAt(where, last, error)
  } finally {
    client.destroy()
  }
}

export type Checked = Pick<Target, 'region' | 'unsupported' | 'clockOffset' | 'latencyMs'>

/**
 * Creates a bucket, writes an object to the bucket and removes the bucket, so that an unusable store is reported in one
 * clear message instead of making every check fail. Then finds out which capabilities the store lacks.
 * @param cleanCommand the command that removes leftover buckets, shown in error messages
 * @param probes finds the missing capabilities; omitted if they are already known
 * @returns what is now known about the target. The region is us-east-1 if the store cannot create a bucket in the
 * target's region.
 * @throws SetupError if the credentials are rejected or lack a permission, or if the store cannot store an object
 */
export async function checkMayCreate(target: Target, cleanCommand: string, probes?: Probes): Promise<Checked> {
  const exchanges: Exchange[] = []
  const cold = record(connect(target, { ...PATIENT, timeoutMs: COLD_MS }), 'fixture', exchanges)
  const client = record(connect(target, PATIENT), 'fixture', exchanges)
  const buckets: string[] = []
  const newBucket = async (by = client) => {
    const bucket = await createBucket(by, target.runId)
    buckets.push(bucket)
    return bucket
  }
  try {
    const first = await newBucket(cold)
    await cold.send(new PutObjectCommand({ Bucket: first, Key: 'first', Body: 'first' }))
    const latencyMs = await latencyOf(() => client.send(new HeadObjectCommand({ Bucket: first, Key: 'first' })))
    await removeNewBucket(client, first).catch((error) => {
      if (statusOf(error) === 403) throw error
    })
    const unsupported = probes ? await runProbes(target, () => newBucket(), probes) : {}
    const { systemClockOffset: clockOffset } = cold.config as { systemClockOffset?: number }
    return {
      region: target.region,
      unsupported: { ...target.unsupported, ...unsupported },
      latencyMs,
      ...(clockOffset && { clockOffset }),
    }
  } catch (error) {
    if (buckets.length === 0 && target.region !== 'us-east-1' && target.endpoint && isBroken(error)) {
      const unsupported = {
        ...target.unsupported,
        'bucket-region': failureOf(error, `CreateBucket in ${target.region}`),
      }
      return checkMayCreate({ ...target, region: 'us-east-1', unsupported }, cleanCommand, probes)
    }
    const last = exchanges.at(-1)
    const [first] = buckets
    const isLeft = first !== undefined && (await removeNewBucket(client, first).catch(() => true)) === true
    throw unusable(target, error, last, isLeft ? first : undefined, cleanCommand)
  } finally {
    // A bucket that cannot be removed here is removed at the end of the run, or reported if that fails too.
    await Promise.allSettled(buckets.slice(1).map((bucket) => removeNewBucket(client, bucket)))
    cold.destroy()
    client.destroy()
  }
}

/** Returns the duration of the fastest of three requests, in milliseconds. The first may open a connection. */
async function latencyOf(request: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 3; n++) {
    const begin = performance.now()
    await request().catch(() => {})
    times.push(performance.now() - begin)
  }
  return Math.min(...times)
}

/**
 * Returns an error that explains why the target cannot be used and, if a bucket was left behind, how to remove the
 * bucket.
 */
function unusable(
  { endpoint, region }: Target,
  error: unknown,
  last: Exchange | undefined,
  bucket: string | undefined,
  cleanCommand: string,
): SetupError {
  const { message } = failureAt(endpoint ?? `Amazon S3 in ${region}`, exchangeOf(error) ?? last, error)
  const isUnknownHost = (error as { code?: string }).code === 'ENOTFOUND' && endpoint
  const hint = bucket
    ? `The bucket ${bucket} was left behind. Remove it with: ${cleanCommand}`
    : isUnknownHost
      ? 'The SDK prepends the bucket name to the host name of the endpoint, as it does for Amazon S3, and no such host was found. Use an endpoint whose host is an IP address, such as http://127.0.0.1:4566.'
      : ''
  return new SetupError(`${message}\n${hint}`.trim())
}

function isBroken(error: unknown): boolean {
  return isNoResponse(error) || (statusOf(error) ?? 0) >= 500
}

type Probes = (probing: Probing, known: UnsupportedCapabilities) => Promise<UnsupportedCapabilities>

async function runProbes(
  target: Target,
  newBucket: () => Promise<string>,
  probes: Probes,
): Promise<UnsupportedCapabilities> {
  const client = connect(target, PATIENT)
  const { requestHandler, credentials } = client.config
  const wrong = async () => ({ ...(await credentials()), secretAccessKey: 'not-the-secret-of-this-access-key' })
  const stranger = connect(target, { requestHandler, credentials: wrong })
  const anonymous = connect(target, { ...PATIENT, ...UNSIGNED, requestHandler })
  const by = (one: S3Client) => record(one, 'fixture', [])
  try {
    const clients = { client: by(client), stranger: by(stranger), anonymous: by(anonymous) }
    return await probes({ ...clients, newBucket }, target.unsupported)
  } finally {
    client.destroy()
  }
}

/**
 * Returns an error that explains why a request failed: the target is unreachable, is not an S3 endpoint, is not in the
 * configured region, or rejected the request.
 * @param exchange the request and its response, if the request was sent
 * @param error the error from the SDK
 */
export function failureAt(where: string, exchange?: Exchange, error?: unknown): SetupError {
  if (error instanceof SetupError) return error
  if (isNoResponse(error)) {
    return new SetupError(`${where} is unreachable: ${failureOf(error, exchange?.operation)}.`)
  }
  if (!exchange?.response) return new SetupError(`No request could be sent to ${where}: ${(error as Error)?.message}`)
  const { operation, response } = exchange
  const { status, error: body, headers } = response
  const code = body?.Code
  const result = [status, code ?? headers['content-type'], body?.Message].filter(Boolean).join(' ')
  const region = headers['x-amz-bucket-region'] ?? body?.Region
  if (isOtherRegion(status, code, region)) {
    const wayOut = region ? `AWS_REGION=${region}` : 'AWS_REGION to the region of the store'
    return new SetupError(`${where} is not in the configured region: ${operation} returned ${result}\nSet ${wayOut}.`)
  }
  if (!code)
    return new SetupError(
      `${where} does not appear to be an S3 endpoint: ${operation} returned ${result}. Check the endpoint.`,
    )
  if (code === 'RequestTimeTooSkewed') {
    return new SetupError(`${where} rejected the request's timestamp: ${result}\nCorrect this machine's clock.`)
  }
  if (/^(AccessDenied|AllAccessDisabled)$/.test(code)) {
    const orUnknown = operation === 'ListBuckets' ? ', or does not recognize them' : ''
    return new CredentialsRejected(
      `${where} does not allow ${operation} with these credentials${orUnknown}: ${result}\n` +
        `A run lists, creates and deletes buckets named ${BUCKET_PREFIX}*. The required permissions are in docs/aws-policy.json.`,
    )
  }
  if (status === 401 || status === 403 || REJECTED.test(code)) {
    return new CredentialsRejected(
      `${where} rejected the credentials: ${result}\n` +
        'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE and AWS_REGION. The required permissions are in docs/aws-policy.json.',
    )
  }
  return new SetupError(`${operation} failed on ${where}: ${result}`)
}
