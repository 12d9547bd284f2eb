import { plural } from '../sentence'
import { CAPABILITIES, type Capability } from '../stores/store'
import { untried } from '../stores/stores'
import { keyClasses } from '../targets/key-classes'
import type { Target } from '../targets/target'

/** The input of a run's first lines, in addition to its target. */
export interface Beginning {
  readonly seed: number
  /** How many requests a whole run sends; it takes a moment to count. */
  readonly requests: () => number
}

/** The first lines of a run: what it runs against, what is unsupported there and why, and how long it takes. */
export function openingLines(target: Target, { seed, requests }: Beginning): string[] {
  const { unsupported, store, latencyMs, brokenKeys = {} } = target
  const missing = (Object.keys(CAPABILITIES) as Capability[]).filter(
    (capability) => unsupported[capability] !== undefined,
  )
  const isTried = (capability: Capability) => !untried(store.name).includes(capability)
  return [
    ...(target.notice ? [target.notice] : []),
    `${target.headline} FAKER_SEED=${seed}`,
    ...(missing.length > 0 ? ['Checks that need one of these are skipped:'] : []),
    ...missing.filter(isTried).map((capability) => `  no ${CAPABILITIES[capability]}: ${unsupported[capability]}`),
    ...notTried(missing.filter((capability) => !isTried(capability))),
    ...keyClasses.flatMap(({ id, name }) =>
      brokenKeys[id] === undefined ? [] : [`  no keys with ${name}, except in specs/keys: ${brokenKeys[id]}`],
    ),
    ...(latencyMs === undefined ? [] : [`A whole run takes about ${duration(requests(), latencyMs)} here.`]),
  ]
}

function notTried(capabilities: readonly Capability[]): string[] {
  const names = capabilities.map((capability) => CAPABILITIES[capability])
  return names.length > 0 ? [`  not tried: ${names.join(', ')}`] : []
}

/** What takes its time on any store: checks that wait for the next second, and large bodies. */
const LEAST_MS = 40_000
/** How many requests are under way at the same time, on average. */
const AT_ONCE = 5

function duration(requests: number, latencyMs: number): string {
  return plural(Math.max(1, Math.round((LEAST_MS + (requests * latencyMs) / AT_ONCE) / 60_000)), 'minute')
}
