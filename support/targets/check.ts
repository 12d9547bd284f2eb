import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { SetupError } from '../errors'
import { isNoAnswer } from '../exchange/no-answer'
import { type Exchange, record } from '../exchange/record'
import { createBucket, removeNewBucket } from './buckets'
import { BUCKET_PREFIX, connect, PATIENT, type Target } from './target'

const LIST_MS = 5_000

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

/**
 * Creates a bucket and deletes it: better one clear message now than a failure of every test.
 * @param removeWith the command that removes the bucket, should it be left
 * @throws SetupError when the credentials are refused, or do not allow it
 */
export async function checkMayCreate(target: Target, removeWith: string): Promise<void> {
  const exchanges: Exchange[] = []
  const client = record(connect(target, PATIENT), 'fixture', exchanges)
  let created = ''
  try {
    created = await createBucket(client, target.runId)
    await removeNewBucket(client, created)
  } catch (error) {
    const { message } = refusal(target.endpoint ?? `Amazon S3 in ${target.region}`, exchanges.at(-1), error)
    const isUnknownHost = (error as { code?: string }).code === 'ENOTFOUND' && target.endpoint
    const hint = created
      ? `The bucket ${created} was created, and is left. Remove it with: ${removeWith}`
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
  if (code === 'RequestTimeTooSkewed') {
    return new SetupError(`${where} refused the time of the request: ${answer}\nSet the clock of this machine right.`)
  }
  if (/^(AccessDenied|AllAccessDisabled)$/.test(code)) {
    const orUnknown = operation === 'ListBuckets' ? ', or does not know them' : ''
    return new SetupError(
      `${where} does not allow ${operation} to these credentials${orUnknown}: ${answer}\n` +
        `A run lists, creates and deletes buckets named ${BUCKET_PREFIX}*; docs/aws-policy.json is the policy that allows it.`,
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
