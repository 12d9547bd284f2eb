import type { Tamper } from '../../wire/tampering-proxy'
import type { Override } from './overrides'

/** A store that breaks one rule in a way in which a real store might break it. */
export type Mutant = {
  /** The rule, as a sentence. It is printed together with `breaks`: `<name>; instead, <breaks>`. */
  readonly name: string
  /** What the store does instead, in a few words. */
  readonly breaks: string
  /** The path of the spec that must notice the mutant, or the common beginning of the paths if several specs must. */
  readonly spec: string
} & ({ readonly override: Override } | { readonly tamper: Tamper })

/**
 * Rules, and the ways to break each of them: an override, or a tamper for faults that occur only on the wire. An
 * override without a description ignores the condition.
 */
export type Rules = Readonly<Record<string, Override | Readonly<Record<string, Override | Tamper>>>>

/**
 * Converts a table of rules into mutants.
 * @param folder the folder below `specs`
 * @param table the rules by the name of the spec that must notice, or by the beginning of that name
 */
export function mutants(folder: string, table: Readonly<Record<string, Rules>>): Mutant[] {
  return Object.entries(table).flatMap(([spec, rules]) =>
    Object.entries(rules).flatMap(([name, ways]) =>
      Object.entries(typeof ways === 'function' ? { 'the condition is ignored': ways } : ways).map(([breaks, way]) => ({
        name,
        breaks,
        spec: `specs/${folder}/${spec}`,
        ...(typeof way === 'function' ? { override: way } : { tamper: way }),
      })),
    ),
  )
}
