import { randomInt } from 'node:crypto'
import { SetupError } from '../errors'
import { reference } from '../stores/reference/store'
import type { Store } from '../stores/store'
import { knownLacks, startable, storeNamed } from '../stores/stores'
import { reasonOf, reasonToFallBack } from './fallback'
import type { Started } from './process'
import { type Reaper, startReaper } from './reaper'
import type { Settings } from './settings'
import type { How, RunningTarget, Target } from './target'

export interface Run {
  readonly settings: Settings
  readonly runId: string
  readonly reaper: Reaper
  readonly log: (line: string) => void
}

/** What a run sends its requests to. Without `stop` it was there before the run, and outlives it. */
export interface Found {
  readonly target: Target
  readonly stop?: () => Promise<void>
}

/**
 * A way to a store. What it needs is loaded when it is gone: Testcontainers and the SDK take their time.
 * @param reason why this way and no other, for the headline
 * @throws SetupError where it cannot be gone; then it leaves nothing behind
 */
export type Way = (run: Run, reason: string) => Promise<Found>

const endpoint: Way = async ({ settings, runId }) => {
  const { findEndpoint } = await import('./endpoint')
  return { target: await findEndpoint(settings, runId) }
}

const aws: Way = async ({ settings, runId }) => {
  const { findAws } = await import('./aws')
  return { target: await findAws(settings, runId) }
}

const inContainer =
  (store: Store): Way =>
  async (run, reason) => {
    const { python } = run.settings
    if (python && store.process?.python) {
      throw new SetupError(`The setting S3_PYTHON selects Python ${python.version.join('.')}`)
    }
    const { startContainer } = await import('./container')
    const started = await startContainer(store, `s3cr-${run.runId}`, run.reaper, run.log)
    return startedHere(store, 'container', run, started, `in a container of ${store.container?.image}`, reason)
  }

const asProcess =
  (store: Store): Way =>
  async (run, reason) => {
    const { startProcess } = await import('./process')
    const started = await startProcess(store, run.reaper, run.log, run.settings.python)
    const reasons = [reason, started.remark].filter(Boolean).join('; ')
    return startedHere(store, 'process', run, started, 'as a process', reasons)
  }

const inThread =
  (store: Store): Way =>
  async (run, reason) => {
    const { startThread } = await import('./thread')
    const started = await startThread(store, (message) => {
      run.log(message)
      process.exitCode = 1
    })
    return startedHere(store, 'thread', run, started, 'in a worker thread of this process', reason)
  }

/** By the value of S3_TARGET: the ways that are tried, one after the other. */
export const ways: Readonly<Record<string, readonly Way[]>> = {
  ...Object.assign({}, ...startable.map(waysTo)),
  [reference.name]: [inThread(reference)],
  endpoint: [endpoint],
  aws: [aws],
}

function waysTo(store: Store): Record<string, readonly Way[]> {
  const { name } = store
  if (!store.container) return { [name]: [asProcess(store)] }
  if (!store.process) return { [name]: [inContainer(store)] }
  return {
    [name]: [inContainer(store), asProcess(store)],
    [`${name}-container`]: [inContainer(store)],
    [`${name}-process`]: [asProcess(store)],
  }
}

/**
 * Starts, or finds, what a run sends its requests to; the suite, the scenario and the tools all use it.
 * However this process ends, a reaper removes what was started and every bucket of the run.
 * @param log gets lines about what takes long
 * @throws SetupError when something is missing or wrong; then nothing is left behind, or what is left is named
 */
export async function startTarget(settings: Settings, log: (line: string) => void): Promise<RunningTarget> {
  const reaper = startReaper()
  const runId = Array.from({ length: 10 }, () => randomInt(36).toString(36)).join('')
  try {
    const found = await find({ settings, runId, reaper, log })
    const said = {
      ...found.target,
      ...(settings.unsupported && { unsupported: { ...found.target.unsupported, ...settings.unsupported } }),
    }
    const { target, stop } = found.stop
      ? { target: said, stop: found.stop }
      : await (await import('./external-store')).outliving(said, settings, reaper, log)
    let stopped: Promise<void> | undefined
    // Once is enough: Ctrl-C may come while a run is ending.
    return { ...target, stop: () => (stopped ??= stop().finally(() => reaper.dismiss())) }
  } catch (error) {
    await reaper.dismiss()
    throw error
  }
}

/** Goes the first way that can be gone; where there is a choice, the headline says why this one. */
async function find(run: Run): Promise<Found> {
  const { target, mayFallBack } = run.settings
  const choice = ways[target]
  if (!choice) throw new SetupError(`S3_TARGET=${target} is nothing that a run can go to.`)
  return firstOf(choice, run, mayFallBack ? insteadOf(storeNamed(target)) : undefined)
}

/**
 * Goes the first way that can be gone.
 * @param fallback the way if the machine lacks what all others need; absent: there is none, as if one of them failed
 * @throws the error of the last way
 */
export async function firstOf(choice: readonly Way[], run: Run, fallback?: Way): Promise<Found> {
  const errors: SetupError[] = []
  let reason = choice.length > 1 ? 'a container runtime answers' : ''
  for (const way of choice) {
    try {
      return await way(run, reason)
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      errors.push(error)
      reason = reasonOf(error)
    }
  }
  const missing = reasonToFallBack(errors)
  if (!fallback || missing === undefined) throw errors.at(-1)
  return fallback(run, missing)
}

/** The reference store, with the notice that it is not the store that was meant. */
function insteadOf({ title }: Store): Way {
  return async (run, reason) => {
    const found = await inThread(reference)(run, '')
    const notice = `Not ${title}: ${reference.title}, because ${reason}; this run says nothing about any other store`
    return { ...found, target: { ...found.target, notice } }
  }
}

function startedHere(
  store: Store,
  how: How,
  { runId }: Run,
  { endpoint, version, unsupported, stop }: Started,
  where: string,
  reason: string,
): Found {
  const target: Target = {
    endpoint,
    region: 'us-east-1',
    credentials: store.credentials,
    forcePathStyle: true,
    store: { name: store.name, version, how },
    unsupported: { ...knownLacks(store.name), ...unsupported },
    runId,
    headline: `Running against ${store.title} ${version}, ${where}${reason && `: ${reason}`}.`,
  }
  return { target, stop }
}
