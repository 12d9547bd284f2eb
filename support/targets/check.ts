import { HeadObjectCommand, ListBucketsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import type { UnsupportedCapabilities } from '../stores/store'
import { isNoResponse, isUnreachable } from '../wire/no-response'
import { type Exchange, exchangeOf, record } from '../wire/record'
import { createBucket, removeNewBucket } from './buckets'
import type { Probing } from './capabilities'
import { failureOf, statusOf } from './s3-errors'
import { BUCKET_PREFIX, connect, PATIENT, type Target, UNSIGNED } from './target'

/** How long a store that has just started may take for its first responses. */
const LIST_MS = 15_000
const COLD_MS = 30_000

/** The credentials are not known, or may not do it. */
export class CredentialsRefused extends SetupError {}

/** Whether an answer is that to a request which was sent to, or signed for, another region. */
function isElsewhere(status: number, code = '', region?: string): boolean {
  if (status === 301 || status === 307) return code !== '' || region !== undefined
  if (code === 'AuthorizationHeaderMalformed') return region !== undefined
  return /^(PermanentRedirect|TemporaryRedirect|IllegalLocationConstraintException)$/.test(code)
}

/** Besides 401 and 403: answers of status 400 that are about the credentials, or what they were signed with. */
const REFUSED = /^(ExpiredToken|InvalidToken|InvalidClientTokenId|AuthorizationHeaderMalformed|InvalidSecurity)/

/**
 * Lists buckets, to see that a target is S3 and takes the credentials.
 * @param where the target's endpoint as a message names it
 * @returns what the store lacks: it may not be able to list buckets, and everything else
 * @throws SetupError when it is not S3, or refuses the credentials
 */
export async function checkIsS3(target: Target, where: string): Promise<UnsupportedCapabilities> {
  const exchanges: Exchange[] = []
  const client = record(connect(target, { ...PATIENT, timeoutMs: LIST_MS }), 'fixture', exchanges)
  try {
    const list = client.send(new ListBucketsCommand({ MaxBuckets: 1 }))
    if ((await within(LIST_MS, list)).Buckets) return {}
    throw refusal(where, exchanges.at(-1))
  } catch (error) {
    if (error instanceof SetupError) throw error
    const last = exchanges.at(-1)
    if (isUnreachable(error)) throw refusal(where, last, error)
    const isLacking =
      last && (isNoResponse(error) || ((last.response?.status ?? 0) >= 500 && last.response?.error?.Code))
    if (isLacking) return { 'list-buckets': failureOf(error, 'ListBuckets') }
    throw refusal(where, last, error)
  } finally {
    client.destroy()
  }
}

/** What the check before a run has found out. */
export type Checked = Pick<Target, 'region' | 'unsupported' | 'clockOffset' | 'latencyMs'>

/**
 * Creates a bucket, writes to it, and deletes it: better one clear message now than a failure of every test. Then it
 * probes what the store lacks.
 * @param removeWith the command that removes buckets, should one be left
 * @param probes finds out what the store lacks; absent where that is known
 * @returns what the store lacks; if it cannot create a bucket in its region, the region is us-east-1
 * @throws SetupError when the credentials are refused or do not allow it, or nothing can be stored
 */
export async function checkMayCreate(target: Target, removeWith: string, probes?: Probes): Promise<Checked> {
  const exchanges: Exchange[] = []
  // A store that has just started can take long for its first write.
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
    const unsupported = probes ? await probing(target, () => newBucket(), probes) : {}
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
      return checkMayCreate({ ...target, region: 'us-east-1', unsupported }, removeWith, probes)
    }
    const last = exchanges.at(-1)
    const [first] = buckets
    const isLeft = first !== undefined && (await removeNewBucket(client, first).catch(() => true)) === true
    throw unusable(target, error, last, isLeft ? first : undefined, removeWith)
  } finally {
    // What cannot be removed is tried again, and named, when the run ends.
    await Promise.allSettled(buckets.slice(1).map((bucket) => removeNewBucket(client, bucket)))
    cold.destroy()
    client.destroy()
  }
}

/** How long a request takes, in milliseconds, once there is a connection: the least of three. */
async function latencyOf(request: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 3; n++) {
    const begin = performance.now()
    await request().catch(() => {})
    times.push(performance.now() - begin)
  }
  return Math.min(...times)
}

/** Says why no run is possible, and which bucket is left. */
function unusable(
  { endpoint, region }: Target,
  error: unknown,
  last: Exchange | undefined,
  bucket: string | undefined,
  removeWith: string,
): SetupError {
  const { message } = refusal(endpoint ?? `Amazon S3 in ${region}`, exchangeOf(error) ?? last, error)
  const isUnknownHost = (error as { code?: string }).code === 'ENOTFOUND' && endpoint
  const hint = bucket
    ? `The bucket ${bucket} was created, and is left. Remove it with: ${removeWith}`
    : isUnknownHost
      ? 'Buckets are part of the host name, as on Amazon S3; with an IP address such as http://127.0.0.1:4566 they are not.'
      : ''
  return new SetupError(`${message}\n${hint}`.trim())
}

/** Whether a store does not know what to do with a request: it gave no response, or an error of status 500 or more. */
function isBroken(error: unknown): boolean {
  return isNoResponse(error) || (statusOf(error) ?? 0) >= 500
}

type Probes = (probing: Probing, known: UnsupportedCapabilities) => Promise<UnsupportedCapabilities>

/** Opens the clients of a probe, and ends them. */
async function probing(
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
 * Says of a request that did not do what it should whether its target is unreachable, is not S3, or refused it.
 * @param exchange what was sent and answered, if anything was
 * @param error what the SDK made of it
 */
export function refusal(where: string, exchange?: Exchange, error?: unknown): SetupError {
  if (error instanceof SetupError) return error
  if (isNoResponse(error)) {
    return new SetupError(`${where} is unreachable: ${failureOf(error, exchange?.operation)}.`)
  }
  if (!exchange?.response) return new SetupError(`No request could be sent to ${where}: ${(error as Error)?.message}`)
  const { operation, response } = exchange
  const { status, error: said, headers } = response
  const code = said?.Code
  const answer = [status, code ?? headers['content-type'], said?.Message].filter(Boolean).join(' ')
  const region = headers['x-amz-bucket-region'] ?? said?.Region
  if (isElsewhere(status, code, region)) {
    const wayOut = region ? `AWS_REGION=${region}` : 'AWS_REGION to the one that it is in'
    return new SetupError(`${where} is in another region: it answered ${operation} with ${answer}\nSet ${wayOut}.`)
  }
  if (!code)
    return new SetupError(`${where} is not S3: it answered ${operation} with ${answer}. Is the endpoint right?`)
  if (code === 'RequestTimeTooSkewed') {
    return new SetupError(`${where} refused the time of the request: ${answer}\nSet the clock of this machine right.`)
  }
  if (/^(AccessDenied|AllAccessDisabled)$/.test(code)) {
    const orUnknown = operation === 'ListBuckets' ? ', or does not know them' : ''
    return new CredentialsRefused(
      `${where} does not allow ${operation} to these credentials${orUnknown}: ${answer}\n` +
        `A run lists, creates and deletes buckets named ${BUCKET_PREFIX}*; docs/aws-policy.json is the policy that allows it.`,
    )
  }
  if (status === 401 || status === 403 || REFUSED.test(code)) {
    return new CredentialsRefused(
      `${where} refused the credentials: ${answer}\n` +
        'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE and AWS_REGION; docs/aws-policy.json is what they must allow.',
    )
  }
  return new SetupError(`${where} did not do ${operation}: ${answer}`)
}

/** @throws TimeoutError when it takes longer, e.g. because an answer begins and never ends */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new DOMException(`not within ${ms} ms`, 'TimeoutError')
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), ms)
  })
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
