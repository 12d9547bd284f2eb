import { SetupError } from '../errors'
import { calledAs, defaultStore, knownUnsupported, storeNamed, stores } from '../stores/stores'
import { isClosed } from '../wire/no-response'
import type { Credentials } from '../wire/sign'
import { CredentialsRejected, checkIsS3 } from './check'
import { checkProfile } from './profile'
import type { Settings } from './settings'
import type { Target } from './target'

/** How long to wait for the first response from an endpoint, which may not be an S3 endpoint. */
const REACH_MS = 3_000

/** Default credentials of common stores, tried if no credentials are set. */
const WELL_KNOWN: readonly Credentials[] = [
  { accessKeyId: 'test', secretAccessKey: 'test' },
  { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' },
  { accessKeyId: 'rustfsadmin', secretAccessKey: 'rustfsadmin' },
  { accessKeyId: 'local-identity', secretAccessKey: 'local-credential' },
  { accessKeyId: 'accessKey1', secretAccessKey: 'verySecretKey1' },
]

/**
 * Identifies the store at an endpoint and checks that it accepts requests. Creates no buckets.
 * @throws SetupError if the endpoint is unreachable, is not an S3 endpoint, or rejects the credentials
 */
export async function findEndpoint(settings: Settings, runId: string): Promise<Target> {
  const { endpoint = '', store: named, region = 'us-east-1', hasCredentials } = settings
  await checkProfile()
  const server = await checkReachable(endpoint)
  const found = await identify(endpoint)
  const { name, version } = named ?? found
  const target: Target = {
    endpoint,
    region,
    forcePathStyle: true,
    store: { name, version, how: 'endpoint' },
    unsupported: knownUnsupported(name),
    runId,
    ...(server && { server }),
    headline: `Running against ${name === 'unknown' ? unknown(endpoint, server) : `${calledAs({ name, version })} at ${endpoint}`}.`,
  }
  const ofStore = storeNamed(name).credentials ?? storeNamed(found.name).credentials
  if (!hasCredentials && !ofStore) return withWellKnown(target)
  const ready: Target = { ...target, ...(!hasCredentials && { credentials: ofStore }) }
  return { ...ready, unsupported: { ...ready.unsupported, ...(await checkIsS3(ready, endpoint)) } }
}

/**
 * Tries the default credentials of common stores in order.
 * @returns the target with the first credentials that the store accepts
 * @throws SetupError if the store accepts none of them
 */
async function withWellKnown(target: Target): Promise<Target> {
  const { endpoint = '', headline } = target
  for (const credentials of WELL_KNOWN) {
    try {
      const unsupported = await checkIsS3({ ...target, credentials }, endpoint)
      const { accessKeyId, secretAccessKey } = credentials
      const remark = `No credentials are set. The run uses the default credentials ${accessKeyId}/${secretAccessKey}, which the store accepted.`
      return {
        ...target,
        credentials,
        unsupported: { ...target.unsupported, ...unsupported },
        headline: `${headline} ${remark}`,
      }
    } catch (error) {
      if (!(error instanceof CredentialsRejected)) throw error
    }
  }
  const tried = WELL_KNOWN.map(({ accessKeyId, secretAccessKey }) => `${accessKeyId}/${secretAccessKey}`).join(', ')
  throw new SetupError(
    `No credentials are set for ${endpoint}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.\n` +
      `The store is unknown and rejected the default credentials of common stores: ${tried}.`,
  )
}

/**
 * Returns the name and version of the store at an endpoint. Both are `unknown` if the suite does not recognize the
 * store.
 */
export async function identify(endpoint: string): Promise<{ name: string; version: string }> {
  const identified = await Promise.all(
    Object.values(stores).map(async ({ name, identify }) => {
      const version = await identify?.(endpoint)
      return version === undefined ? [] : [{ name, version }]
    }),
  )
  return identified.flat()[0] ?? { name: 'unknown', version: 'unknown' }
}

function unknown(endpoint: string, server?: string): string {
  return server ? `${endpoint}, whose server identifies itself as “${server}”` : `an unknown store at ${endpoint}`
}

/**
 * Checks that a server is listening at an endpoint. Does not throw if the server sends no response, because it may
 * still respond to the S3 requests that follow.
 * @returns the value of the `Server` header, if any
 * @throws SetupError if no server is listening
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
        `To start ${defaultStore.title} instead, unset S3_ENDPOINT and S3_TARGET.`,
    )
  }
}
