import type { Tamper } from '../../wire/tampering-proxy'
import type { Override } from './overrides'

/** A store that breaks one rule, as the author of a store could break it. */
export type Mutant = {
  /** The rule, as a sentence. */
  readonly name: string
  /** What the store does instead, in a few words. */
  readonly breaks: string
  /** The spec that must notice it: the path below the root, or its beginning if several specs must. */
  readonly spec: string
} & ({ readonly override: Override } | { readonly tamper: Tamper })

/**
 * Rules, and the ways to break each: an override of the rules, or a tamper for what happens on the wire only. An
 * override without a description ignores the condition.
 */
export type Rules = Readonly<Record<string, Override | Readonly<Record<string, Override | Tamper>>>>

/**
 * Reads a table of mutants.
 * @param folder below `specs`
 * @param table the rules by the spec that must notice: the name of its file, or its beginning
 */
export function mutants(folder: string, table: Readonly<Record<string, Rules>>): Mutant[] {
  return Object.entries(table).flatMap(([spec, rules]) =>
    Object.entries(rules).flatMap(([name, ways]) =>
      Object.entries(typeof ways === 'function' ? { 'the condition is ignored': ways } : ways).map(([breaks, way]) => ({
        ...{ name, breaks, spec: `specs/${folder}/${spec}` },
        ...(typeof way === 'function' ? { override: way } : { tamper: way }),
      })),
    ),
  )
}
