import { setTimeout } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { isAlive } from '../wire/alive'
import { hasDirectoryBuckets } from './directory-buckets'
import type { Reaper } from './reaper'
import type { Settings } from './settings'
import type { Target } from './target'

/** How long what a run has sent may still be under way when its buckets have been removed. */
const LATE_MS = 1_000

/**
 * Takes care of a store that outlives the run: what has to go is the run's buckets.
 * @returns the target with what it lacks, and what removes the buckets at the end: what is left is named, with the command
 * that removes it. On Amazon S3, where it costs money, this process then ends with 1
 * @throws SetupError when the run may not create and delete buckets there
 */
export async function outliving(
  target: Target,
  settings: Settings,
  reaper: Reaper,
  log: (line: string) => void,
): Promise<{ target: Target; stop: () => Promise<void> }> {
  // Not at the top: the SDK takes its time to load, and a store that is started here does without it.
  const [{ checkMayCreate }, { connect, PATIENT }] = await Promise.all([import('./check'), import('./target')])
  const command = cleanCommand(target, settings)
  reaper.watch({ kind: 'buckets', target })
  // S3_UNSUPPORTED=nothing says all there is to say. Amazon S3 has everything.
  const isKnown = target.store.how === 'aws' || (settings.unsupported && Object.keys(settings.unsupported).length === 0)
  const probes = isKnown ? undefined : (await import('./capabilities')).probe
  const found = { ...target, ...(await checkMayCreate(target, command, probes)) }
  const stop = async () => {
    const client = connect(found, PATIENT)
    try {
      if (!(await isAlive(target))) throw new Error('the store does not respond')
      await removeAll(client, found)
    } catch (error) {
      const { BucketsLeft, reasonOf } = await import('./buckets')
      const left = error instanceof BucketsLeft ? `: ${error.message}` : ` (${reasonOf(error)})`
      log(`Buckets named s3cr-${target.runId}-* may be left${left}. Remove them with: ${command}`)
      if (target.store.how === 'aws') process.exitCode = 1
    } finally {
      client.destroy()
    }
  }
  return { target: found, stop }
}

/**
 * Removes the run's buckets, and looks again a second later: some stores create a bucket again for a request that was
 * under way when it was deleted.
 */
async function removeAll(client: S3Client, target: Target): Promise<void> {
  const { removeRunBuckets } = await import('./buckets')
  const remove = () => removeRunBuckets(client, target.runId, hasDirectoryBuckets(target))
  await remove()
  if (target.store.how === 'aws') return
  await setTimeout(LATE_MS)
  await remove()
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
