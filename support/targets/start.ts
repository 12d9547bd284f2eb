import { randomInt } from 'node:crypto'
import { removeRunBuckets } from '../fixtures/buckets'
import { isAlive } from '../report/alive'
import type { Store } from '../stores/store'
import { storeNamed } from '../stores/stores'
import { findAws } from './aws'
import { startContainer } from './container'
import { findEndpoint } from './endpoint'
import { SetupError } from './errors'
import { type Janitor, startJanitor } from './janitor'
import { startProcess } from './process'
import type { Settings } from './settings'
import { connect, type RunningTarget, type Target } from './target'

/**
 * Starts, or finds, what a run sends its requests to; the suite, the scenario and the tools all use it.
 * However this process ends, a janitor removes what was started and every bucket of the run.
 * @param log gets lines about what takes long
 * @throws SetupError when something is missing or wrong; then nothing is left behind
 */
export async function startTarget(settings: Settings, log: (line: string) => void): Promise<RunningTarget> {
  const janitor = startJanitor()
  const runId = Array.from({ length: 10 }, () => randomInt(36).toString(36)).join('')
  try {
    if (settings.target === 'endpoint') return shared(await findEndpoint(settings, runId), janitor, log)
    if (settings.target === 'aws') return shared(await findAws(process.env, runId), janitor, log)
    if (settings.target === 'localstack-process') return await asProcess(storeNamed('localstack'), runId, janitor, log)
    if (settings.target === 'localstack-container') return await asContainer(runId, janitor, log)
    if (settings.target !== 'localstack') return await asProcess(storeNamed(settings.target), runId, janitor, log)
    return await asContainer(runId, janitor, log).catch((error: unknown) => {
      if (!(error instanceof SetupError)) throw error
      const reason = error.message.split('\n')[0]?.replace(/\.$/, '')
      return asProcess(storeNamed('localstack'), runId, janitor, log, reason)
    })
  } catch (error) {
    await janitor.dismiss()
    throw error
  }
}

async function asContainer(runId: string, janitor: Janitor, log: (line: string) => void): Promise<RunningTarget> {
  const store = storeNamed('localstack')
  const image = store.image ?? ''
  const { endpoint, stop } = await startContainer(image, `s3cr-${runId}`, janitor, log)
  const version = (await store.identify?.(endpoint)) ?? 'unknown'
  return started(store, { version, how: 'container' }, endpoint, runId, `in a container of ${image}`, async () => {
    await stop()
    await janitor.dismiss()
  })
}

async function asProcess(
  store: Store,
  runId: string,
  janitor: Janitor,
  log: (line: string) => void,
  reason?: string,
): Promise<RunningTarget> {
  const { endpoint, version, remark, stop } = await startProcess(store, janitor, log)
  const remarks = [reason, remark].filter(Boolean).join('; ')
  const why = `as a process${remarks && ` (${remarks})`}`
  return started(store, { version, how: 'process' }, endpoint, runId, why, async () => {
    await stop()
    await janitor.dismiss()
  })
}

function started(
  store: Store,
  { version, how }: Pick<Target['store'], 'version' | 'how'>,
  endpoint: string,
  runId: string,
  why: string,
  stop: () => Promise<void>,
): RunningTarget {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: store.credentials,
    forcePathStyle: true,
    store: { name: store.name, version, how },
    runId,
    headline: `Running against ${store.title} ${version}, ${why}.`,
    stop,
  }
}

/** A store that outlives the run: what has to go is the run's buckets. */
function shared(target: Target, janitor: Janitor, log: (line: string) => void): RunningTarget {
  janitor.watch({ kind: 'buckets', target })
  return {
    ...target,
    stop: async () => {
      const client = connect(target)
      try {
        if (!(await isAlive(target))) throw new Error('the store does not answer')
        await removeRunBuckets(client, target.runId)
      } catch (error) {
        log(
          `Buckets named s3cr-${target.runId}-* may be left behind (${(error as Error).message}). Later, remove them with: npm run clean`,
        )
      }
      client.destroy()
      await janitor.dismiss()
    },
  }
}
