import { setTimeout } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { isAlive } from '../wire/alive'
import { BucketsLeft, removeRunBuckets } from './buckets'
import { probe } from './capabilities'
import { checkMayCreate } from './check'
import { hasDirectoryBuckets } from './directory-buckets'
import type { Reaper } from './reaper'
import { reasonOf } from './s3-errors'
import type { Settings } from './settings'
import { connect, PATIENT, type Target } from './target'

/** How long to wait for requests that may still be in flight after the run's buckets have been removed. */
const IN_FLIGHT_MS = 1_000

/**
 * Prepares a store that the run did not start. At the end of the run, the store is not stopped; only the run's buckets
 * are removed.
 * @returns the target, updated with what the run has found out about the store, and `stop`, which removes the buckets.
 * If some buckets remain, `stop` logs the command that removes them. On Amazon S3, where leftover objects cost money,
 * `stop` also sets the exit code to 1.
 * @throws SetupError if the run cannot create and delete buckets in the store
 */
export async function manageExternalStore(
  target: Target,
  settings: Settings,
  reaper: Reaper,
  log: (line: string) => void,
): Promise<{ target: Target; stop: () => Promise<void> }> {
  const command = cleanCommand(target, settings)
  reaper.watch({ kind: 'buckets', target })
  // The probe is skipped if S3_TARGET is `aws`, because Amazon S3 has every capability, or if S3_UNSUPPORTED is
  // `nothing`.
  const isKnown = target.store.how === 'aws' || (settings.unsupported && Object.keys(settings.unsupported).length === 0)
  const found = { ...target, ...(await checkMayCreate(target, command, isKnown ? undefined : probe)) }
  const stop = async () => {
    const client = connect(found, PATIENT)
    try {
      if (!(await isAlive(target))) throw new Error('the store does not respond')
      await removeAll(client, found)
    } catch (error) {
      const left = error instanceof BucketsLeft ? `: ${error.message}` : ` (${reasonOf(error)})`
      log(`Buckets named s3cr-${target.runId}-* may remain${left}. Remove them with: ${command}`)
      if (target.store.how === 'aws') process.exitCode = 1
    } finally {
      client.destroy()
    }
  }
  return { target: found, stop }
}

/**
 * Removes the run's buckets twice, a second apart, because some stores recreate a deleted bucket if a request was in
 * flight when the bucket was deleted.
 */
async function removeAll(client: S3Client, target: Target): Promise<void> {
  const remove = () => removeRunBuckets(client, target.runId, hasDirectoryBuckets(target))
  await remove()
  if (target.store.how === 'aws') return
  await setTimeout(IN_FLIGHT_MS)
  await remove()
}

/** Returns the shell command that removes the run's buckets. The command contains no secrets. */
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
