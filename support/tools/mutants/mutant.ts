import type { Tamper } from '../../wire/tampering-proxy'
import type { Override } from './overrides'

/** A store that is right except for one thing, as an author of a store could get it wrong. */
export type Mutant = {
  /** The rule that it breaks, as a sentence. */
  readonly name: string
  /** What it does instead, in a few words. */
  readonly breaks: string
  /** The spec that must notice it: the path below the root, or its beginning if several specs must. */
  readonly spec: string
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

/** Rules, and the ways to break each. */
export type Rules = Readonly<Record<string, Readonly<Record<string, Override | Tamper>>>>

/**
 * Reads a table of mutants.
 * @param folder below `specs`
 * @param table the rules by the spec that must notice: the name of its file, or its beginning
 */
export function mutants(folder: string, table: Readonly<Record<string, Rules>>): Mutant[] {
  return Object.entries(table).flatMap(([spec, rules]) =>
    Object.entries(rules).flatMap(([name, ways]) =>
      Object.entries(ways).map(([breaks, way]) => ({
        ...{ name, breaks, spec: `specs/${folder}/${spec}` },
        ...(typeof way === 'function' ? { override: way } : { tamper: way }),
      })),
    ),
  )
}
