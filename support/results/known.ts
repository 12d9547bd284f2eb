import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KnownDeviation, Verdict } from '../judge/verdict'
import { fromRoot, root } from '../paths'

/** What was recorded of one version of a store, in `support/stores/<name>/<version>.json`. */
export interface Known {
  /** ISO date of the recording. */
  readonly recorded?: string
  /** By test, `<path below specs> > <title>`. */
  readonly deviations: Readonly<Record<string, KnownDeviation>>
  /** The verdict of every test. */
  readonly results: Readonly<Record<string, Verdict>>
  /** How many requests the tests of each spec file made; by path below specs. */
  readonly requests: Readonly<Record<string, number>>
  /** How many buckets a run of all specs made. */
  readonly buckets: number
}

/** Where the recording of a store's version stands; `S3_KNOWN` puts it elsewhere, e.g. into the store's own project. */
export function knownFile(store: string, version: string): string {
  const file = `${store}/${version.replace(/[^\w.-]/g, '_')}.json`
  return process.env.S3_KNOWN ?? join(root, 'support', 'stores', file)
}

/** Reads what is known of a store's version; nothing, where nothing was recorded yet. */
export function readKnown(store: string, version: string): Known {
  try {
    return JSON.parse(readFileSync(knownFile(store, version), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { deviations: {}, results: {}, requests: {}, buckets: 0 }
  }
}

/** A test's name in the recordings: `write/if-none-match-star > is refused once the key holds an object`. */
export function testId(file: string, title: string): string {
  return `${behaviourId(file)} > ${title}`
}

/** A spec file's name in the recordings: its path below `specs`, without the ending. */
export function behaviourId(file: string): string {
  return fromRoot(file)
    .replace(/^specs\//, '')
    .replace(/\.spec\.ts$/, '')
}
