import { randomInt } from 'node:crypto'
import type { TestProject, Vitest } from 'vitest/node'
import { SetupError } from './errors'
import type { PromisedCheck } from './promises'
import { openingLines, requestsPerRun } from './report/opening'
import { output } from './report/output'
import { processSettings, type Settings } from './targets/settings'
import { startTarget } from './targets/start'
import type { RunningTarget, Target } from './targets/target'
import { promisedChecks } from './verdicts/manifest'
import {
  baselineEntries,
  ownBaselineFile,
  readBaseline,
  readBaselines,
  readSelectedBaseline,
} from './verdicts/stored-results'
import type { BaselineEntry } from './verdicts/verdict'
import { takeOverSignals } from './vitest-internals'

/** The time limit for shutting down an interrupted run. */
const INTERRUPTED_MS = 8_000

declare module 'vitest' {
  interface ProvidedContext {
    target: Target
    /**
     * The known deviations in the baseline of the target's store, by check id, and whether this run updates that
     * baseline.
     */
    baseline: { readonly entries: Readonly<Record<string, BaselineEntry>>; readonly update: boolean }
    /** Every check that tests a promise, including checks that are not part of this run. */
    promised: readonly PromisedCheck[]
    /** Seeds faker, so that runs with the same FAKER_SEED use the same keys and contents. */
    seed: number
  }
}

/**
 * Starts the target before the specs, prints its description, and stops it after the specs or when the run is
 * interrupted.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Vitest calls this function once per project. Within a run, the projects `specs` and `store` share one target.
  if (project.getProvidedContext().target) return async () => {}
  const log = output(project.vitest)
  let started: RunningTarget | undefined
  try {
    const settings = processSettings()
    // Fail on an unreadable baseline before starting anything.
    if (settings.baseline) readSelectedBaseline(settings.baseline)
    // The SDK is slow to load, so it is loaded while the store starts.
    const load = () => import('./targets/probe-keys')
    const loading = settings.target === 'reference' ? undefined : load()
    started = await startTarget(settings, log)
    const { stop, ...found } = started
    const probe = async () => (await (loading ?? load())).probeKeys(found)
    const target = { ...found, ...(isProbed(found, settings) && { brokenKeys: await probe() }) }
    const baseline = readBaseline(ownBaselineFile(target.store))
    const seed = settings.seed ?? randomInt(1_000_000)
    const requests = () => requestsPerRun(readBaselines())
    for (const line of openingLines(target, { seed, requests })) log(line)
    project.vitest.provide('target', target)
    project.vitest.provide('baseline', { entries: baselineEntries(baseline), update: settings.updateBaseline })
    project.vitest.provide('promised', promisedChecks())
    project.vitest.provide('seed', seed)
    const interrupted = (signal: NodeJS.Signals) => void end(project.vitest, signal === 'SIGINT' ? 130 : 143)
    const release = takeOverSignals(interrupted)
    return async () => {
      release()
      await stop()
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    await started?.stop()
    process.exit(1)
  }
}

/**
 * Whether to probe how the store handles keys. Amazon S3 is not probed, because it defines correct behaviour. The
 * reference store is not probed, because its own tests cover every class of key. S3_UNSUPPORTED=nothing disables the
 * probe for all other stores.
 */
function isProbed({ store }: Target, { unsupported }: Settings): boolean {
  return store.how !== 'aws' && store.how !== 'thread' && !(unsupported && Object.keys(unsupported).length === 0)
}

/**
 * Cancels the run, closes Vitest (which stops the target), and exits the process. If Vitest takes too long to close,
 * exits anyway; the reaper then removes anything that is left.
 */
async function end(vitest: Vitest, exitCode: number): Promise<never> {
  const stopped = vitest.cancelCurrentRun('keyboard-input').then(() => vitest.close())
  await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, INTERRUPTED_MS))])
  process.exit(exitCode)
}
