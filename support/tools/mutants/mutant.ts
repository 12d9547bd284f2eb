import type { Tamper } from '../../wire/tampering-proxy'
import type { Override } from './overrides'

/** A store that is right except for one thing, as an author of a store could get it wrong. */
export type Mutant = {
  /** The rule that it breaks, as a sentence. */
  readonly name: string
  /** What it does instead, in a few words. */
  readonly breaks: string
  /** The specs that have to notice, as paths below the root: folders or files, the beginning is enough. */
  readonly specs: readonly string[]
} & (
  | {
      /** What it decides instead of the rules. */
      readonly override: Override
    }
  | {
      /** What no rule says: a proxy in front of the store changes it on the wire. */
      readonly tamper: Tamper
    }
)

/** Mutants of a folder of specs: the beginning of a spec's name, the rule, and what breaks it in which way. */
type Table = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Override | Tamper>>>>>>

/**
 * Reads a table of mutants.
 * @param folder of the specs, below `specs`
 */
export function mutants(folder: string, table: Table): Mutant[] {
  return Object.entries(table).flatMap(([spec, rules]) =>
    Object.entries(rules).flatMap(([name, ways]) =>
      Object.entries(ways).map(([breaks, way]) => ({
        ...{ name, breaks, specs: [`specs/${folder}/${spec}`] },
        ...(typeof way === 'function' ? { override: way } : { tamper: way }),
      })),
    ),
  )
}
