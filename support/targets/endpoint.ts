import { SetupError } from '../errors'
import { calledAs, defaultStore, knownLacks, storeNamed, stores } from '../stores/stores'
import { isClosed } from '../wire/no-response'
import type { Credentials } from '../wire/sign'
import { CredentialsRefused, checkIsS3 } from './check'
import { checkProfile } from './profile'
import type { Settings } from './settings'
import type { Target } from './target'

/** How long an endpoint may take for its first response, which needs not be the one to an S3 request. */
const REACH_MS = 3_000

/** What stores come with that nobody has configured; tried where no credentials are set. */
const WELL_KNOWN: readonly Credentials[] = [
  { accessKeyId: 'test', secretAccessKey: 'test' },
  { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' },
  { accessKeyId: 'rustfsadmin', secretAccessKey: 'rustfsadmin' },
  { accessKeyId: 'local-identity', secretAccessKey: 'local-credential' },
  { accessKeyId: 'accessKey1', secretAccessKey: 'verySecretKey1' },
]

/**
 * Finds out what runs at an endpoint, and that it takes requests. Nothing is created.
 * @throws SetupError when it is unreachable, is not S3 or refuses the credentials
 */
export async function findEndpoint(settings: Settings, runId: string): Promise<Target> {
  const { endpoint = '', store: named, region = 'us-east-1', hasCredentials } = settings
  await checkProfile()
  const server = await checkReachable(endpoint)
  const found = await identify(endpoint)
  const { name, version } = named ?? found ?? { name: 'unknown', version: 'unknown' }
  const target: Target = {
    endpoint,
    region,
    forcePathStyle: true,
    store: { name, version, how: 'endpoint' },
    unsupported: knownLacks(name),
    runId,
    ...(server && { server }),
    headline: `Running against ${name === 'unknown' ? unknown(endpoint, server) : `${calledAs({ name, version })} at ${endpoint}`}.`,
  }
  const ofStore = storeNamed(name).credentials ?? (found && storeNamed(found.name).credentials)
  if (!hasCredentials && !ofStore) return withWellKnown(target)
  const ready: Target = { ...target, ...(!hasCredentials && { credentials: ofStore }) }
  return { ...ready, unsupported: { ...ready.unsupported, ...(await checkIsS3(ready, endpoint)) } }
}

/**
 * Tries the well-known credentials one after the other, and says which are taken.
 * @throws SetupError where none are
 */
async function withWellKnown(target: Target): Promise<Target> {
  const { endpoint = '', headline } = target
  for (const credentials of WELL_KNOWN) {
    try {
      const unsupported = await checkIsS3({ ...target, credentials }, endpoint)
      const { accessKeyId, secretAccessKey } = credentials
      const said = `No credentials are set; the store accepted ${accessKeyId}/${secretAccessKey}.`
      return {
        ...target,
        credentials,
        unsupported: { ...target.unsupported, ...unsupported },
        headline: `${headline} ${said}`,
      }
    } catch (error) {
      if (!(error instanceof CredentialsRefused)) throw error
    }
  }
  const tried = WELL_KNOWN.map(({ accessKeyId, secretAccessKey }) => `${accessKeyId}/${secretAccessKey}`).join(', ')
  throw new SetupError(
    `No credentials for ${endpoint}, which did not say what it is: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.\n` +
      `It refused those that stores come with: ${tried}.`,
  )
}

/** Asks every known store whether it is the one at the endpoint. */
export async function identify(endpoint: string): Promise<{ name: string; version: string } | undefined> {
  const answers = await Promise.all(
    Object.values(stores).map(async ({ name, identify }) => ({ name, version: await identify?.(endpoint) })),
  )
  const found = answers.find(({ version }) => version !== undefined)
  return found && { name: found.name, version: found.version ?? 'unknown' }
}

function unknown(endpoint: string, server?: string): string {
  return server ? `${endpoint}, which calls itself “${server}”` : `${endpoint}, which does not say what it is`
}

/**
 * Sees that somebody listens. A store that is slow, or silent about this one request, is sent S3 requests all the same.
 * @returns the header Server, if there is one
 * @throws SetupError when nobody listens
 */
async function checkReachable(endpoint: string): Promise<string | undefined> {
  try {
    const { headers } = await fetch(endpoint, { signal: AbortSignal.timeout(REACH_MS), redirect: 'manual' })
    return headers.get('server')?.slice(0, 60) || undefined
  } catch (error) {
    const { cause, name } = error as Error & { cause?: Error & { code?: string } }
    if (name === 'TimeoutError' || isClosed(cause)) return undefined
    throw new SetupError(
      `${endpoint} is unreachable (${cause?.code ?? cause?.message ?? name}). Is the store running, and is S3_ENDPOINT right?\n` +
        `Without S3_ENDPOINT and S3_TARGET, ${defaultStore.title} is started.`,
    )
  }
}
