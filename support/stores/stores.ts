import { aws } from './aws/store'
import { localstack } from './localstack/store'
import { ministack } from './ministack/store'
import { reference } from './reference/store'
import type { Capability, Store, UnsupportedCapabilities } from './store'
import { versitygw } from './versitygw/store'

/** The store that a run starts when no setting names another one. */
export const defaultStore = localstack

/**
 * Every store this project knows. The reference store passes the health check of LocalStack on, and MiniStack answers it,
 * so that these are asked first.
 */
export const stores: Readonly<Record<string, Store>> = { reference, ministack, localstack, versitygw, aws }

/** A store by its name; of one that is not known, with the name that S3_STORE gave it, little can be said. */
export function storeNamed(name: string): Store {
  const title = name === 'unknown' ? 'An unknown store' : name
  return stores[name] ?? { name, title, unsupported: NOWHERE }
}

/** What nobody can ask a store that is not known for. */
const NOWHERE: UnsupportedCapabilities = {
  website: 'it is not known at which host the store serves websites',
  'directory-bucket': 'it is not known in which zone the store has directory buckets',
}

/** What only a store that is made for this suite has. */
const MADE_FOR_THE_SUITE: UnsupportedCapabilities = {}

const NO_SECOND_USER: UnsupportedCapabilities = { 'second-user': 'no second account is known' }

/** The capabilities that a run cannot try on a store: it does not know how, which says nothing about the store. */
export function untried(name: string): readonly Capability[] {
  const { unsupported, secondUser } = storeNamed(name)
  const isKnown = name in stores
  return [
    ...(isKnown ? [] : (Object.keys(NOWHERE) as Capability[])),
    ...(secondUser || unsupported['second-user'] ? [] : (['second-user'] as const)),
  ]
}

/** All that a store is known to lack before it is asked. */
export function knownLacks(name: string): UnsupportedCapabilities {
  const { unsupported, secondUser } = storeNamed(name)
  return { ...(name !== 'reference' && MADE_FOR_THE_SUITE), ...(!secondUser && NO_SECOND_USER), ...unsupported }
}

/** The stores that a run can start itself, the one that it starts by itself first. */
export const startable: readonly Store[] = [
  defaultStore,
  ...Object.values(stores).filter((store) => store !== defaultStore && (store.container || store.process)),
]

/** A store and its version, as the lines of a run call them. */
export function calledAs({ name, version }: { name: string; version: string }): string {
  if (name === 'unknown') return 'a store that does not say what it is'
  const { title } = storeNamed(name)
  return version === 'unknown' ? `${title} of an unknown version` : `${title} ${version}`
}
