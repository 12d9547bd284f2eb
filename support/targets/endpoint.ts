import { ListBucketsCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { isNoAnswer } from '../report/verdict'
import { storeNamed, stores } from '../stores/stores'
import { SetupError } from './errors'
import type { Settings } from './settings'
import { connect, type Target } from './target'

/**
 * Finds out what runs at an endpoint, and that it takes requests. Nothing is created.
 * @throws SetupError when it is unreachable, is not S3 or refuses the credentials
 */
export async function findEndpoint(settings: Settings, runId: string): Promise<Target> {
  const { endpoint = '', store: named, region = 'us-east-1', hasCredentials } = settings
  await checkReachable(endpoint)
  const found = await identify(endpoint)
  const { name, version } = named ?? found ?? { name: 'unknown', version: 'unknown' }
  const { title, credentials } = storeNamed(name)
  const wellKnown = credentials ?? (found && storeNamed(found.name).credentials)
  if (!hasCredentials && !wellKnown) {
    throw new SetupError(
      `No credentials for ${endpoint}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.`,
    )
  }
  const target: Target = {
    endpoint,
    region,
    ...(!hasCredentials && { credentials: wellKnown }),
    forcePathStyle: true,
    store: { name, version, how: 'endpoint' },
    runId,
    headline: `Running against ${title} ${version} at ${endpoint}.`,
  }
  const client = connect(target)
  await checkIsS3(client, endpoint)
  client.destroy()
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
    await fetch(endpoint, { signal: AbortSignal.timeout(4_000), redirect: 'manual' })
  } catch (error) {
    const { cause, name } = error as Error & { cause?: Error & { code?: string } }
    const reason = name === 'TimeoutError' ? 'no answer within 4 s' : (cause?.code ?? cause?.message ?? name)
    throw new SetupError(`${endpoint} is unreachable (${reason}). Is the store running, and is S3_ENDPOINT right?`)
  }
}

/**
 * Lists buckets, to see that an endpoint is S3 and takes the credentials.
 * @throws SetupError otherwise
 */
export async function checkIsS3(client: S3Client, endpoint: string): Promise<void> {
  try {
    const { Buckets } = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }))
    if (Buckets) return
  } catch (error) {
    if (isNoAnswer(error)) throw new SetupError(`${endpoint} is unreachable: a request got no answer within 5 s.`)
    if (error instanceof S3ServiceException && [400, 401, 403].includes(error.$metadata.httpStatusCode ?? 0)) {
      throw new SetupError(
        `${endpoint} refused the credentials (${error.name}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_PROFILE.`,
      )
    }
    if (error instanceof S3ServiceException && /^[A-Z]\w+$/.test(error.name) && error.name !== 'Unknown') {
      throw new SetupError(`${endpoint} answers ListBuckets with ${error.$metadata.httpStatusCode} ${error.name}.`)
    }
    if (error instanceof Error && error.name === 'CredentialsProviderError') {
      throw new SetupError(`No credentials: ${error.message}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`)
    }
  }
  throw new SetupError(`${endpoint} answers, but is not S3: ListBuckets got no list of buckets. Is S3_ENDPOINT right?`)
}
