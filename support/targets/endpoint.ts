import { SetupError } from '../errors'
import { calledAs, defaultStore, knownLacks, storeNamed, stores } from '../stores/stores'
import { checkIsS3 } from './check'
import type { Settings } from './settings'
import type { Target } from './target'

const REACH_MS = 3_000

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
    lacks: knownLacks(name),
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
        `Without S3_ENDPOINT and S3_TARGET, ${defaultStore.title} is started.`,
    )
  }
}
