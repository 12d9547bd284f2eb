import { randomInt } from 'node:crypto'
import { SetupError } from '../errors'
import { reference } from '../stores/reference/store'
import type { Store } from '../stores/store'
import { knownUnsupported, startable, storeNamed } from '../stores/stores'
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

/** The target of a run. `stop` is absent if the run did not start the store. */
export interface Found {
  readonly target: Target
  readonly stop?: () => Promise<void>
}

/**
 * Starts or finds the store for a run. A strategy loads its dependencies lazily, because Testcontainers and the SDK are
 * slow to load.
 * @param reason why this strategy is used, for the headline
 * @throws SetupError if the strategy does not work. Before it throws, the strategy stops and removes everything that it
 * has started.
 */
export type Strategy = (run: Run, reason: string) => Promise<Found>

const endpoint: Strategy = async ({ settings, runId }) => {
  const { findEndpoint } = await import('./endpoint')
  return { target: await findEndpoint(settings, runId) }
}

const aws: Strategy = async ({ settings, runId }) => {
  const { findAws } = await import('./aws')
  return { target: await findAws(settings, runId) }
}

const inContainer =
  (store: Store): Strategy =>
  async (run, reason) => {
    const { python } = run.settings
    if (python && store.process?.python) {
      throw new SetupError(`The setting S3_PYTHON selects Python ${python.version.join('.')}`)
    }
    const { startContainer } = await import('./container')
    const started = await startContainer(store, `s3cr-${run.runId}`, run.reaper, run.log)
    return startedHere(
      store,
      'container',
      run,
      started,
      `in a container from the image ${store.container?.image}`,
      reason,
    )
  }

const asProcess =
  (store: Store): Strategy =>
  async (run, reason) => {
    const { startProcess } = await import('./process')
    const started = await startProcess(store, run.reaper, run.log, run.settings.python)
    const reasons = [reason, started.remark].filter(Boolean).join('; ')
    return startedHere(store, 'process', run, started, 'as a process', reasons)
  }

const inThread =
  (store: Store): Strategy =>
  async (run, reason) => {
    const { startThread } = await import('./thread')
    const started = await startThread(store, (message) => {
      run.log(message)
      process.exitCode = 1
    })
    return startedHere(store, 'thread', run, started, 'in a worker thread of this process', reason)
  }

const STRATEGY = { container: inContainer, process: asProcess }

/** The strategies for each value of S3_TARGET, in the order in which they are tried. */
export const strategies: Readonly<Record<string, readonly Strategy[]>> = {
  ...Object.fromEntries(
    Object.entries(startable).map(([target, { store, ways }]) => [target, ways.map((way) => STRATEGY[way](store))]),
  ),
  [reference.name]: [inThread(reference)],
  endpoint: [endpoint],
  aws: [aws],
}

/**
 * Starts or finds the target of a run, for the suite, the scenario and the tools. If this process exits without calling
 * `stop`, the reaper removes everything that was started and every bucket of the run.
 * @param log called with each line to print, for example about a slow step
 * @throws SetupError if the target cannot be started, found or used. The message names anything that was left behind.
 */
export async function startTarget(settings: Settings, log: (line: string) => void): Promise<RunningTarget> {
  const reaper = startReaper()
  const runId = Array.from({ length: 10 }, () => randomInt(36).toString(36)).join('')
  try {
    const found = await find({ settings, runId, reaper, log })
    const known = { ...found.target, unsupported: { ...found.target.unsupported, ...settings.unsupported } }
    const { target, stop } = found.stop
      ? { target: known, stop: found.stop }
      : await (await import('./external-store')).manageExternalStore(known, settings, reaper, log)
    let stopped: Promise<void> | undefined
    // Stops the target only once. If the user presses Ctrl-C at the end of a run, `stop` is called a second time.
    return { ...target, stop: () => (stopped ??= stop().finally(() => reaper.dismiss())) }
  } catch (error) {
    await reaper.dismiss()
    throw error
  }
}

async function find(run: Run): Promise<Found> {
  const { target, mayFallBack } = run.settings
  const choice = strategies[target]
  if (!choice) throw new SetupError(`S3_TARGET=${target} is not a known target.`)
  return firstOf(choice, run, mayFallBack ? insteadOf(storeNamed(target)) : undefined)
}

/**
 * Uses the first strategy that works.
 * @param fallback used if every strategy in `choice` fails because this machine lacks something that the strategy needs
 * @throws the error from the last strategy in `choice` if none of them works and `fallback` is not used
 */
export async function firstOf(choice: readonly Strategy[], run: Run, fallback?: Strategy): Promise<Found> {
  const errors: SetupError[] = []
  let reason = choice.length > 1 ? 'a container runtime is available' : ''
  for (const strategy of choice) {
    try {
      return await strategy(run, reason)
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

/** Returns a strategy that starts the reference store instead of the given store, and adds a notice that says so. */
function insteadOf({ title }: Store): Strategy {
  return async (run, reason) => {
    const found = await inThread(reference)(run, '')
    const notice = `${title} was replaced by ${reference.title}, because ${reason}. The results say nothing about ${title}.`
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
    unsupported: { ...knownUnsupported(store.name), ...unsupported },
    runId,
    headline: `Running against ${store.title} ${version}, ${where}${reason && `: ${reason}`}.`,
  }
  return { target, stop }
}
