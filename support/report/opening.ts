import { plural } from '../sentence'
import { CAPABILITIES, type Capability } from '../stores/store'
import { untried } from '../stores/stores'
import { keyClasses } from '../targets/key-classes'
import type { Target } from '../targets/target'
import type { Result } from '../verdicts/result-file'

/** The input for a run's first lines, in addition to its target. */
export interface OpeningInput {
  readonly seed: number
  /** Counts the requests of a whole run. Slow, and therefore called only if the result is shown. */
  readonly requests: () => number
}

/** The first lines of a run: its target, the unsupported capabilities with reasons, and the run's duration. */
export function openingLines(target: Target, { seed, requests }: OpeningInput): string[] {
  const { unsupported, store, latencyMs, brokenKeys = {} } = target
  const missing = (Object.keys(CAPABILITIES) as Capability[]).filter(
    (capability) => unsupported[capability] !== undefined,
  )
  const isTried = (capability: Capability) => !untried(store.name).includes(capability)
  const notTried = missing.filter((capability) => !isTried(capability)).map((capability) => CAPABILITIES[capability])
  return [
    ...(target.notice ? [target.notice] : []),
    `${target.headline} FAKER_SEED=${seed}`,
    ...(missing.length > 0 ? ['Checks that need one of these are skipped:'] : []),
    ...missing.filter(isTried).map((capability) => `  no ${CAPABILITIES[capability]}: ${unsupported[capability]}`),
    ...(notTried.length > 0 ? [`  not tried: ${notTried.join(', ')}`] : []),
    ...keyClasses.flatMap(({ id, name }) =>
      brokenKeys[id] === undefined ? [] : [`  no keys with ${name}, except in specs/keys: ${brokenKeys[id]}`],
    ),
    ...(latencyMs === undefined ? [] : [`A whole run takes about ${duration(requests(), latencyMs)} here.`]),
  ]
}

/** The minimum duration on any store: some checks wait for the next second, or send large bodies. */
const LEAST_MS = 40_000
/** The average number of concurrent requests. */
const AT_ONCE = 5

function duration(requests: number, latencyMs: number): string {
  return plural(Math.max(1, Math.round((LEAST_MS + (requests * latencyMs) / AT_ONCE) / 60_000)), 'minute')
}

/** The requests for each bucket, in addition to those of the tests: create, versioning, listings, delete. */
const REQUESTS_PER_BUCKET = 5

/** Estimates the requests of a run, for each behaviour by the highest number in any baseline. */
export function requestsPerRun(baselines: readonly Result[], behaviours?: readonly string[]): number {
  const ids = behaviours ?? [...new Set(baselines.flatMap((baseline) => Object.keys(baseline.requests)))]
  const requests = ids.map((id) => Math.max(0, ...baselines.map((baseline) => baseline.requests[id] ?? 0)))
  return requests.reduce((total, count) => total + count, 0)
}

/** The message about what a run on Amazon S3 costs. */
export function costLine(behaviours: readonly string[], baselines: readonly Result[]): string {
  const buckets = Math.max(0, ...baselines.map((baseline) => baseline.buckets))
  const requests = requestsPerRun(baselines, behaviours) + REQUESTS_PER_BUCKET * buckets
  const cost = `at most ${plural(buckets, 'bucket')}, sends about ${plural(requests, 'request')}`
  return `This run creates ${cost}, and removes everything it creates.`
}
