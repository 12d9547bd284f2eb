import { ListBucketsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import { isNoAnswer } from '../exchange/no-answer'
import { type Exchange, exchangeOf, record } from '../exchange/record'
import type { Lacks } from '../stores/store'
import { createBucket, removeNewBucket } from './buckets'
import { BUCKET_PREFIX, connect, PATIENT, type Target, UNSIGNED } from './target'

const LIST_MS = 5_000
/** How long a store may take for a request of the check before the run. */
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
 * @throws SetupError otherwise
 */
export async function checkIsS3(target: Target, where: string): Promise<void> {
  const exchanges: Exchange[] = []
  const client = record(connect(target, PATIENT), 'fixture', exchanges)
  try {
    const list = client.send(new ListBucketsCommand({ MaxBuckets: 1 }))
    if ((await within(LIST_MS, list)).Buckets) return
    throw refusal(where, exchanges.at(-1))
  } catch (error) {
    throw error instanceof SetupError ? error : refusal(where, exchanges.at(-1), error)
  } finally {
    client.destroy()
  }
}

/** What the check before a run has found out. */
export type Checked = Pick<Target, 'lacks' | 'clockOffset'>

/**
 * Creates a bucket, writes to it, has it probed where the store is not known, and deletes it: better one clear message
 * now than a failure of every test.
 * @param removeWith the command that removes the bucket, should it be left
 * @param probes finds out what the store lacks; absent where that is known
 * @throws SetupError when the credentials are refused, or do not allow it
 */
export async function checkMayCreate(
  target: Target,
  removeWith: string,
  probes?: (client: S3Client, anonymous: S3Client, bucket: string) => Promise<Lacks>,
): Promise<Checked> {
  const exchanges: Exchange[] = []
  const patient = connect(target, { ...PATIENT, requestHandler: { requestTimeout: COLD_MS } })
  const client = record(patient, 'fixture', exchanges)
  const anonymous = connect(target, { ...PATIENT, ...UNSIGNED, requestHandler: patient.config.requestHandler })
  let bucket = ''
  try {
    bucket = await createBucket(client, target.runId)
    let lacks: Lacks = {}
    try {
      // A store that has just started can take long for its first write.
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'first', Body: 'first' }))
      if (probes) lacks = await probes(client, anonymous, bucket)
    } finally {
      await removeNewBucket(client, bucket)
      bucket = ''
    }
    const { systemClockOffset } = client.config as { systemClockOffset?: number }
    return { lacks: { ...target.lacks, ...lacks }, ...(systemClockOffset && { clockOffset: systemClockOffset }) }
  } catch (error) {
    const { message } = refusal(
      target.endpoint ?? `Amazon S3 in ${target.region}`,
      exchangeOf(error) ?? exchanges.at(-1),
      error,
    )
    const isUnknownHost = (error as { code?: string }).code === 'ENOTFOUND' && target.endpoint
    const hint = bucket
      ? `The bucket ${bucket} was created, and is left. Remove it with: ${removeWith}`
      : isUnknownHost
        ? 'Buckets are part of the host name, as on Amazon S3; with an IP address such as http://127.0.0.1:4566 they are not.'
        : ''
    throw new SetupError(`${message}\n${hint}`.trim())
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
  if (isNoAnswer(error)) {
    const { code, name } = error as Error & { code?: unknown }
    const reason = typeof code === 'string' ? code : name
    return new SetupError(`${where} is unreachable: no answer to ${exchange?.operation ?? 'a request'} (${reason}).`)
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
