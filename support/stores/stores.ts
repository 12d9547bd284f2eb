import { localstack } from './localstack/store'
import { ministack } from './ministack/store'
import type { Store } from './store'
import { versitygw } from './versitygw/store'

/** Every store this project knows. MiniStack answers LocalStack's health check too, so it is asked first. */
export const stores: Readonly<Record<string, Store>> = {
  ministack,
  localstack,
  versitygw,
  aws: { name: 'aws', title: 'Amazon S3', lacks: {} },
}

/** A store by its name; one that is not known has the name that S3_STORE gave it, and lacks nothing. */
export function storeNamed(name: string): Store {
  return stores[name] ?? { name, title: name === 'unknown' ? 'An unknown store' : name, lacks: {} }
}

/** The stores that a run can start itself, by name. */
export const startable = Object.values(stores).filter(({ process }) => process)

/** A store and its version, as the lines of a run call them. */
export function calledAs({ name, version }: { name: string; version: string }): string {
  return name === 'unknown' ? 'a store that does not say what it is' : `${storeNamed(name).title} ${version}`
}
