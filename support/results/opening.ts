import { CAPABILITIES, type Capability } from '../stores/store'
import { calledAs } from '../stores/stores'
import type { Target } from '../targets/target'
import { isTruth } from './format'

/** The input of a run's first lines, in addition to its target. */
export interface Beginning {
  readonly seed: number
  /** The capabilities that each check needs. */
  readonly needs: readonly (readonly Capability[])[]
  /** File of the baseline, as a user would name it. */
  readonly baseline: { readonly file: string; readonly isThere: boolean; readonly isNamed: boolean }
}

/** The first lines of a run: what it runs against, what is unsupported there, and what to do with a new store. */
export function openingLines(target: Target, { seed, needs, baseline }: Beginning): string[] {
  return [
    `${target.headline} FAKER_SEED=${seed}`,
    ...lacking(target, needs),
    ...(baseline.isThere ? [] : newStore(target, baseline)),
  ]
}

function lacking({ lacks }: Target, needs: Beginning['needs']): string[] {
  const not = needs.filter((some) => some.some((capability) => lacks[capability] !== undefined))
  const missing = (Object.keys(CAPABILITIES) as Capability[]).filter(
    (capability) => lacks[capability] !== undefined && not.some((some) => some.includes(capability)),
  )
  const names = missing.map((capability) => CAPABILITIES[capability])
  const are = not.length === 1 ? 'check is' : 'checks are'
  return missing.length > 0
    ? [`Not supported here: ${listOf(names)}. ${not.length} of ${needs.length} ${are} skipped.`]
    : []
}

function newStore({ store, endpoint }: Target, { file, isNamed }: Beginning['baseline']): string[] {
  if (isTruth(store.name) || store.how !== 'endpoint') return []
  const { name, version } = store
  const isUnnamed = name === 'unknown' || version === 'unknown'
  const as = isUnnamed ? `${name === 'unknown' ? 'name' : name}@version` : `${name}@${version}`
  const where = isNamed ? file : isUnnamed ? `support/stores/${as.replace('@', '/')}.json` : file
  return [
    `No baseline for ${name === 'unknown' ? 'this store' : calledAs(store)}: every deviation fails. To write one to ${where}:`,
    `  S3_ENDPOINT=${endpoint} S3_STORE=${as} npm run baseline`,
  ]
}

function listOf(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
}
