import { aws } from './aws/store'
import { localstack } from './localstack/store'
import { ministack } from './ministack/store'
import { reference } from './reference/store'
import type { Capability, Store, UnsupportedCapabilities } from './store'
import { versitygw } from './versitygw/store'

/** The store that a run starts unless a setting selects another store. */
export const defaultStore = localstack

/**
 * Every known store. If `identify` succeeds for several of them at an endpoint, the run uses the first. MiniStack comes
 * before LocalStack, because MiniStack also responds to LocalStack's health check.
 */
export const stores: Readonly<Record<string, Store>> = { reference, ministack, localstack, versitygw, aws }

/** Returns the store with this name, or a placeholder if no known store has this name. */
export function storeNamed(name: string): Store {
  const title = name === 'unknown' ? 'An unknown store' : name
  return stores[name] ?? { name, title, unsupported: UNKNOWN_LOCATION }
}

/** Maps each capability that a run cannot probe on an unknown store to the reason why it cannot be probed. */
const UNKNOWN_LOCATION: UnsupportedCapabilities = {
  website: 'the host of the website endpoint is not known',
  'directory-bucket': "the zone of the store's directory buckets is not known",
}

const NO_SECOND_USER: UnsupportedCapabilities = { 'second-user': 'no second user is configured' }

/** Returns the capabilities that a run cannot probe on a store. The store may nevertheless have them. */
export function untried(name: string): readonly Capability[] {
  const { unsupported, secondUser } = storeNamed(name)
  const isKnown = name in stores
  return [
    ...(isKnown ? [] : (Object.keys(UNKNOWN_LOCATION) as Capability[])),
    ...(secondUser || unsupported['second-user'] ? [] : (['second-user'] as const)),
  ]
}

/** Returns the capabilities that a store lacks, as far as this is known without probing the store. */
export function knownUnsupported(name: string): UnsupportedCapabilities {
  const { unsupported, secondUser } = storeNamed(name)
  return { ...(!secondUser && NO_SECOND_USER), ...unsupported }
}

interface Startable {
  readonly store: Store
  /** The ways to start the store, in the order in which a run tries them. */
  readonly ways: readonly ('container' | 'process')[]
}

/**
 * Maps values of S3_TARGET to the stores that a run can start in a container or as a process. The default store comes
 * first.
 */
export const startable: Readonly<Record<string, Startable>> = Object.assign(
  {},
  ...[defaultStore, ...Object.values(stores).filter((store) => store !== defaultStore && store.process)].map(
    waysToStart,
  ),
)

function waysToStart(store: Store): Record<string, Startable> {
  const { name, container } = store
  if (!container) return { [name]: { store, ways: ['process'] } }
  return {
    [name]: { store, ways: ['container', 'process'] },
    [`${name}-container`]: { store, ways: ['container'] },
    [`${name}-process`]: { store, ways: ['process'] },
  }
}

/** Returns the title and version of a store for use in messages, for example `MiniStack 1.5.33`. */
export function calledAs({ name, version }: { name: string; version: string }): string {
  if (name === 'unknown') return 'an unknown store'
  const { title } = storeNamed(name)
  return version === 'unknown' ? `${title} (unknown version)` : `${title} ${version}`
}
