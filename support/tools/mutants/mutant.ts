import type { Tamper } from '../../wire/tampering-proxy'
import type { Override } from './overrides'

/** A store that breaks one rule in a way that a real store might. */
export type Mutant = {
  /** The rule, as a sentence. `npm run mutate` prints it in front of `breaks`. */
  readonly name: string
  /** What the store does instead of following the rule, as a clause with its own subject. */
  readonly breaks: string
  /** A path prefix that selects one or more specs. At least one of these specs must detect the mutant. */
  readonly spec: string
} & ({ readonly override: Override } | { readonly tamper: Tamper })

/**
 * Rules and the ways to break them. Each key is a rule, as a sentence, and each inner key says what the mutant does
 * instead. The value is an override of the outcome, or a `Tamper` for a fault that occurs only on the wire. If the
 * mutant ignores the condition, the override can be given directly under the rule.
 */
export type Rules = Readonly<Record<string, Override | Readonly<Record<string, Override | Tamper>>>>

/**
 * Converts a table of rules into mutants.
 * @param folder the folder in `specs`
 * @param table the rules; each key is the beginning of a spec name, and at least one spec with this beginning must
 * detect each broken rule
 */
export function mutants(folder: string, table: Readonly<Record<string, Rules>>): Mutant[] {
  return Object.entries(table).flatMap(([spec, rules]) =>
    Object.entries(rules).flatMap(([name, ways]) =>
      Object.entries(typeof ways === 'function' ? { 'the store ignores the condition': ways } : ways).map(
        ([breaks, way]) => ({
          name,
          breaks,
          spec: `specs/${folder}/${spec}`,
          ...(typeof way === 'function' ? { override: way } : { tamper: way }),
        }),
      ),
    ),
  )
}
