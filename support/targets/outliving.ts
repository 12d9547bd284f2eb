import { isAlive } from '../exchange/alive'
import { stores } from '../stores/stores'
import type { Janitor } from './janitor'
import type { Settings } from './settings'
import type { Target } from './target'

/**
 * Takes care of a store that outlives the run: what has to go is the run's buckets.
 * @returns the target with what it lacks, found out where it is not known; and what removes them: where it cannot, it
 * says so and what to do, and lets this process end with 1
 * @throws SetupError when the run may not create and delete buckets there
 */
export async function outliving(
  target: Target,
  settings: Settings,
  janitor: Janitor,
  log: (line: string) => void,
): Promise<{ target: Target; stop: () => Promise<void> }> {
  // Not at the top: the SDK takes its time to load, and a store that is started here does without it.
  const [{ checkMayCreate }, { removeRunBuckets, BucketsLeft, reasonOf }, { connect, PATIENT }] = await Promise.all([
    import('./check'),
    import('./buckets'),
    import('./target'),
  ])
  const command = cleanCommand(target, settings)
  janitor.watch({ kind: 'buckets', target })
  const isKnown = settings.lacks !== undefined || target.store.name in stores
  const probes = isKnown ? undefined : (await import('./capabilities')).probe
  const found = await checkMayCreate(target, command, probes)
  const stop = async () => {
    const client = connect({ ...target, ...found }, PATIENT)
    try {
      if (!(await isAlive(target))) throw new Error('the store does not answer')
      await removeRunBuckets(client, target.runId)
    } catch (error) {
      const left = error instanceof BucketsLeft ? `: ${error.message}` : ` (${reasonOf(error)})`
      log(`Buckets named s3cr-${target.runId}-* may be left${left}. Remove them with: ${command}`)
      process.exitCode = 1
    } finally {
      client.destroy()
    }
  }
  return { target: { ...target, ...found }, stop }
}

/** The whole command that removes the run's buckets, as it is typed into a shell; it holds no secret. */
export function cleanCommand(target: Target, { endpoint, store }: Settings): string {
  const variables = {
    ...(endpoint ? { S3_ENDPOINT: endpoint } : { S3_TARGET: 'aws', AWS_ENDPOINT_URL_S3: target.endpoint }),
    S3_STORE: store && `${store.name}@${store.version}`,
    AWS_PROFILE: process.env.AWS_PROFILE,
    AWS_REGION: endpoint ? undefined : target.region,
  }
  const set = Object.entries(variables).flatMap(([name, value]) => (value ? `${name}=${quoted(value)} ` : []))
  return `${set.join('')}npm run clean -- --run ${target.runId}`
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}
