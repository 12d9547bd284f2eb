import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import { isNoAnswer } from '../exchange/no-answer'
import { type Exchange, record } from '../exchange/record'
import { calledAs, storeNamed, stores } from '../stores/stores'
import type { Settings } from './settings'
import { BUCKET_PREFIX, connect, type Target } from './target'

const REACH_MS = 3_000
const LIST_MS = 5_000

/** Besides 401 and 403: answers of status 400 that are about the credentials, or what they were signed with. */
const REFUSED = /^(ExpiredToken|InvalidToken|InvalidClientTokenId|AuthorizationHeaderMalformed|InvalidSecurity)/

/**
 * Finds out what runs at an endpoint, and that it takes requests, within ten seconds. Nothing is created.
 * @throws SetupError when it is unreachable, is not S3 or refuses the credentials
 */
export async function findEndpoint(settings: Settings, runId: string): Promise<Target> {
  const { endpoint = '', store: named, region = 'us-east-1', hasCredentials } = settings
  await checkReachable(endpoint)
  const found = await identify(endpoint)
  const { name, version } = named ?? found ?? { name: 'unknown', version: 'unknown' }
  const { credentials } = storeNamed(name)
  const wellKnown = credentials ?? (found && storeNamed(found.name).credentials)
  if (!hasCredentials && !wellKnown) {
    throw new SetupError(
      `No credentials for ${endpoint}, which did not say what it is: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`,
    )
  }
  const target: Target = {
    endpoint,
    region,
    ...(!hasCredentials && { credentials: wellKnown }),
    forcePathStyle: true,
    store: { name, version, how: 'endpoint' },
    runId,
    headline: `Running against ${calledAs({ name, version })} at ${endpoint}.`,
  }
  await checkIsS3(target, endpoint)
  return target
}

/** Asks every known store whether it is the one at the endpoint. */
export async function identify(endpoint: string): Promise<{ name: string; version: string } | undefined> {
  const answers = await Promise.all(
    Object.values(stores).map(async ({ name, identify }) => ({ name, version: await identify?.(endpoint) })),
  )
  const found = answers.find(({ version }) => version !== undefined)
  return found && { name: found.name, version: found.version ?? 'unknown' }
}

async function checkReachable(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(REACH_MS), redirect: 'manual' })
  } catch (error) {
    const { cause, name } = error as Error & { cause?: Error & { code?: string } }
    const reason = name === 'TimeoutError' ? `no answer within ${REACH_MS / 1000} s` : (cause?.code ?? cause?.message)
    throw new SetupError(
      `${endpoint} is unreachable (${reason ?? name}). Is the store running, and is S3_ENDPOINT right?\n` +
        'Without S3_ENDPOINT and S3_TARGET, LocalStack is started.',
    )
  }
}

/**
 * Lists buckets, to see that a target is S3 and takes the credentials.
 * @param where the target's endpoint as a message names it
 * @throws SetupError otherwise
 */
export async function checkIsS3(target: Target, where: string): Promise<void> {
  const exchanges: Exchange[] = []
  const client = record(connect(target), 'fixture', exchanges)
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

/**
 * Says of a request that did not do what it should whether its target is unreachable, is not S3, or refused it.
 * @param exchange what was sent and answered, if anything was
 * @param error what the SDK made of it
 */
export function refusal(where: string, exchange?: Exchange, error?: unknown): SetupError {
  if (isNoAnswer(error)) {
    const { code, name } = error as Error & { code?: unknown }
    const reason = typeof code === 'string' ? code : name
    return new SetupError(`${where} is unreachable: no answer to ${exchange?.operation ?? 'a request'} (${reason}).`)
  }
  if (!exchange?.response) return new SetupError(`No request could be sent to ${where}: ${(error as Error)?.message}`)
  const { operation, response } = exchange
  const { status, body = '', headers } = response
  const code = element(body, 'Code')
  const answer = [status, code ?? headers['content-type'], element(body, 'Message')].filter(Boolean).join(' ')
  if (!code)
    return new SetupError(`${where} is not S3: it answered ${operation} with ${answer}. Is the endpoint right?`)
  if (/^(AccessDenied|AllAccessDisabled)$/.test(code) && operation !== 'ListBuckets') {
    return new SetupError(
      `${where} does not allow ${operation} to these credentials: ${answer}\n` +
        `A run creates and deletes buckets named ${BUCKET_PREFIX}*; docs/aws-policy.json is the policy that allows it.`,
    )
  }
  if (status === 401 || status === 403 || REFUSED.test(code)) {
    return new SetupError(
      `${where} refused the credentials: ${answer}\n` +
        'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE and AWS_REGION; docs/aws-policy.json is what they must allow.',
    )
  }
  return new SetupError(`${where} did not do ${operation}: ${answer}`)
}

/** The text of an element of an error's XML. */
function element(xml: string, name: string): string | undefined {
  return xml.match(new RegExp(`<Error\\b.*<${name}>([^<]*)<`, 's'))?.[1]
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
