import { plural } from '../sentence'
import { CAPABILITIES, type Capability } from '../stores/store'
import { untried } from '../stores/stores'
import { keyClasses } from '../targets/key-classes'
import type { Target } from '../targets/target'
import type { Result } from '../verdicts/result-file'

export interface OpeningInput {
  readonly seed: number
  /**
   * Estimates the number of requests in a complete run. The estimate is slow to compute, so this is called only if the
   * run's duration is shown.
   */
  readonly requests: () => number
}

/**
 * Returns the lines printed at the start of a run: the target, each unsupported capability with the reason, and the
 * estimated duration.
 */
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
    ...(missing.length > 0 ? ['Checks that need one of these capabilities are skipped:'] : []),
    ...missing.filter(isTried).map((capability) => `  ${CAPABILITIES[capability]}: ${unsupported[capability]}`),
    ...(notTried.length > 0 ? [`  not tried: ${notTried.join(', ')}`] : []),
    ...keyClasses.flatMap(({ id, name }) =>
      brokenKeys[id] === undefined
        ? []
        : [`  keys that contain ${name} are used only in specs/keys: ${brokenKeys[id]}`],
    ),
    ...(latencyMs === undefined
      ? []
      : [`A complete run takes about ${duration(requests(), latencyMs)} on this store.`]),
  ]
}

/**
 * The part of a run's duration that does not depend on latency: some checks wait until an object is a second old, and
 * some send large bodies.
 */
const LEAST_MS = 40_000
/** The average number of concurrent requests. */
const AT_ONCE = 5

function duration(requests: number, latencyMs: number): string {
  return plural(Math.max(1, Math.round((LEAST_MS + (requests * latencyMs) / AT_ONCE) / 60_000)), 'minute')
}

/**
 * The number of requests needed to create, configure, list and delete a bucket. The tests' own requests are counted
 * separately.
 */
const REQUESTS_PER_BUCKET = 5

/**
 * Estimates the number of requests in a run. For each behaviour, counts the highest number that any baseline records.
 */
export function requestsPerRun(baselines: readonly Result[], behaviours?: readonly string[]): number {
  const ids = behaviours ?? [...new Set(baselines.flatMap((baseline) => Object.keys(baseline.requests)))]
  const requests = ids.map((id) => Math.max(0, ...baselines.map((baseline) => baseline.requests[id] ?? 0)))
  return requests.reduce((total, count) => total + count, 0)
}

/** Returns a message with the numbers of buckets and requests, which determine the cost of a run against Amazon S3. */
export function costLine(behaviours: readonly string[], baselines: readonly Result[]): string {
  const buckets = Math.max(0, ...baselines.map((baseline) => baseline.buckets))
  const requests = requestsPerRun(baselines, behaviours) + REQUESTS_PER_BUCKET * buckets
  const cost = `at most ${plural(buckets, 'bucket')}, sends about ${plural(requests, 'request')}`
  return `This run creates ${cost}, and removes everything it creates.`
}
