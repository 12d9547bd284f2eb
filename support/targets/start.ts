import { randomInt } from 'node:crypto'
import { SetupError } from '../errors'
import { isAlive } from '../exchange/alive'
import type { Store } from '../stores/store'
import { storeNamed } from '../stores/stores'
import { startContainer } from './container'
import { type Janitor, startJanitor } from './janitor'
import { startProcess } from './process'
import type { Settings } from './settings'
import type { RunningTarget, Target } from './target'

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
    const target = await find(settings, runId, janitor, log)
    let stopped: Promise<void> | undefined
    // Once is enough: Ctrl-C may come while a run is ending.
    return { ...target, stop: () => (stopped ??= target.stop().finally(() => janitor.dismiss())) }
  } catch (error) {
    await janitor.dismiss()
    throw error
  }
}

async function find(
  settings: Settings,
  runId: string,
  janitor: Janitor,
  log: (line: string) => void,
): Promise<RunningTarget> {
  // Not at the top: the SDK takes its time to load, and a store that is started here does without it.
  if (settings.target === 'endpoint') {
    const [{ findEndpoint }, { checkMayCreate }] = await Promise.all([import('./endpoint'), import('./aws')])
    const target = shared(await findEndpoint(settings, runId), janitor, log)
    await checkMayCreate(target)
    return target
  }
  if (settings.target === 'aws') {
    const { checkMayCreate, findAws } = await import('./aws')
    const target = shared(await findAws(settings, runId), janitor, log)
    await checkMayCreate(target)
    return target
  }
  const store = storeNamed(settings.target.replace(/-(container|process)$/, ''))
  if (settings.target.endsWith('-container')) return asContainer(store, runId, janitor, log)
  if (settings.target.endsWith('-process') || !store.container) return asProcess(store, runId, janitor, log)
  try {
    return await asContainer(store, runId, janitor, log, 'a container runtime answers')
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const reason = error.message.split('\n')[0] ?? ''
    return asProcess(store, runId, janitor, log, reason.charAt(0).toLowerCase() + reason.slice(1))
  }
}

async function asContainer(
  store: Store,
  runId: string,
  janitor: Janitor,
  log: (line: string) => void,
  reason?: string,
): Promise<RunningTarget> {
  const { endpoint, stop } = await startContainer(store, `s3cr-${runId}`, janitor, log)
  const version = (await store.identify?.(endpoint)) ?? 'unknown'
  const where = `in a container of ${store.container?.image}`
  return started(store, { version, how: 'container' }, endpoint, runId, [where, reason], stop)
}

async function asProcess(
  store: Store,
  runId: string,
  janitor: Janitor,
  log: (line: string) => void,
  reason?: string,
): Promise<RunningTarget> {
  const { endpoint, version, remark, stop } = await startProcess(store, janitor, log)
  const reasons = [reason, remark].filter(Boolean).join('; ')
  return started(store, { version, how: 'process' }, endpoint, runId, ['as a process', reasons], stop)
}

function started(
  store: Store,
  { version, how }: Pick<Target['store'], 'version' | 'how'>,
  endpoint: string,
  runId: string,
  [where, reason]: [where: string, reason?: string],
  stop: () => Promise<void>,
): RunningTarget {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: store.credentials,
    forcePathStyle: true,
    store: { name: store.name, version, how },
    runId,
    headline: `Running against ${store.title} ${version}, ${where}${reason ? `: ${reason}` : ''}.`,
    stop,
  }
}

/** A store that outlives the run: what has to go is the run's buckets. */
function shared(target: Target, janitor: Janitor, log: (line: string) => void): RunningTarget {
  janitor.watch({ kind: 'buckets', target })
  return {
    ...target,
    stop: async () => {
      const [{ connect }, { removeRunBuckets }] = await Promise.all([import('./target'), import('./buckets')])
      const client = connect(target)
      try {
        if (!(await isAlive(target))) throw new Error('the store does not answer')
        await removeRunBuckets(client, target.runId)
      } catch (error) {
        const { message } = error as Error
        log(`Buckets named s3cr-${target.runId}-* may be left (${message}). Remove them with: npm run clean`)
        process.exitCode = 1
      }
      client.destroy()
    },
  }
}
