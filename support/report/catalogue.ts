import { CLASSES, type FactId, facts } from '../evidence/catalogue'
import { calledAs } from '../stores/stores'
import { type Check, readChecks } from '../verdicts/manifest'
import type { CheckResult, Result } from '../verdicts/result-file'
import { readBaselines } from '../verdicts/stored-results'
import { type BehaviourStatus, behaviourStatus, groupBy, type Summary, summaryOf } from '../verdicts/summary'

export type Strength = keyof typeof CLASSES

export interface Catalogue {
  /** One entry for each store and version that has a committed baseline. */
  readonly stores: readonly RecordedStore[]
  /** One entry for each folder in `specs`, followed by the entry `all` with the totals. */
  readonly folders: readonly Folder[]
  readonly behaviours: readonly Behaviour[]
}

export interface RecordedStore {
  /** Used in HTML anchors, for example `ministack-1-5-33`. */
  readonly id: string
  readonly title: string
  readonly result: Result
  readonly summary: Summary
}

/** The counts for a folder in `specs`, or for all folders together. */
interface Folder {
  readonly name: string
  readonly behaviours: number
  readonly checks: number
  readonly facts: number
  readonly strengths: Readonly<Record<Strength, number>>
}

export interface Behaviour {
  readonly path: string
  readonly sentence: string
  /** The status on each store, in the order of `stores`. */
  readonly statuses: readonly BehaviourStatus[]
  readonly checks: readonly CheckOnStores[]
}

export interface CheckOnStores extends Check {
  readonly evidence: readonly { readonly id: FactId; readonly strength: Strength }[]
  /**
   * The result on each store, in the order of `stores`; undefined if the store's baseline does not contain the check.
   */
  readonly results: readonly (CheckResult | undefined)[]
}

/** Combines the manifest, the facts and the committed baselines into the data from which the pages are generated. */
export function catalogue(
  checks: readonly Check[] = readChecks(),
  results: readonly Result[] = readBaselines(),
): Catalogue {
  const stores = results.map((result) => {
    const title = calledAs(result.store)
    return { id: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'), title, result, summary: summaryOf(result) }
  })
  return { stores, folders: foldersOf(checks), behaviours: behavioursOf(checks, results) }
}

function behavioursOf(checks: readonly Check[], results: readonly Result[]): Behaviour[] {
  return [...groupBy(checks, ({ behaviour }) => behaviour)].map(([path, some]) => {
    const joined = some.map((check) => ({
      ...check,
      evidence: check.facts.map((id) => ({ id, strength: facts[id].class })),
      results: results.map((result) => result.checks[check.id]),
    }))
    const statuses = results.map((_, store) => behaviourStatus(joined.flatMap((check) => check.results[store] ?? [])))
    return { path, sentence: some[0]?.describe ?? '', statuses, checks: joined }
  })
}

function foldersOf(checks: readonly Check[]): Folder[] {
  const folder = (name: string, some: readonly Check[]): Folder => {
    const asserted = [...new Set(some.flatMap((check) => check.facts))]
    const strengths = (Object.keys(CLASSES) as Strength[]).map((strength) => [
      strength,
      asserted.filter((id) => facts[id].class === strength).length,
    ])
    return {
      name,
      behaviours: new Set(some.map(({ behaviour }) => behaviour)).size,
      checks: some.length,
      facts: asserted.length,
      strengths: Object.fromEntries(strengths),
    }
  }
  const byName = groupBy(checks, ({ behaviour }) => behaviour.split('/')[0] ?? '')
  return [...[...byName].map(([name, some]) => folder(name, some)), folder('all', checks)]
}
