import { type Case, CLASSES, type Fact } from './fact'
import { sdk } from './facts/aws-sdk'
import { bucketPolicies } from './facts/bucket-policy'
import { completions } from './facts/complete-multipart-upload'
import { copyDestination } from './facts/copy-destination'
import { copySource } from './facts/copy-source'
import { deletes } from './facts/delete'
import { directoryBuckets } from './facts/directory-bucket'
import { keys } from './facts/keys'
import { reads } from './facts/read'
import { versions } from './facts/versioning'
import { writes } from './facts/write'

export * from './fact'
export { type SourceKey, sources } from './sources'

/** Every fact by its id; ids never change their meaning. Their literal types stay: an editor shows the sentence of `facts.P02`. */
export const facts = {
  ...reads,
  ...copySource,
  ...copyDestination,
  ...writes,
  ...completions,
  ...deletes,
  ...directoryBuckets,
  ...bucketPolicies,
  ...sdk,
  ...versions,
  ...keys,
}

export type FactId = keyof typeof facts

/** One of the facts above. */
export type KnownFact = (typeof facts)[FactId]

export const factIds = Object.keys(facts) as readonly FactId[]

const ids = new Map(factIds.map((id): [KnownFact, FactId] => [facts[id], id]))

/** @throws Error for a fact that is not in `facts` */
export function idOf(fact: KnownFact): FactId {
  const id = ids.get(fact)
  if (!id) throw new Error(`This fact is not in support/evidence/facts: ${fact.says}`)
  return id
}

/** A fact by its id, without its literal type. */
export function factOf(id: FactId): Fact {
  return facts[id]
}

export function isFactId(id: string): id is FactId {
  return Object.hasOwn(facts, id)
}

/** The same ids as those of this catalogue, such as those that the rules of the reference store name. */
export function knownFacts(ids: readonly string[]): FactId[] {
  return ids.map((id) => {
    if (isFactId(id)) return id
    throw new Error(`There is no fact ${id} in support/evidence/facts.`)
  })
}

/** Whether some spec has to assert a fact: it is known well enough, and nothing is in the way. */
export function mustBeAsserted(id: FactId): boolean {
  const { class: strength, unassertable } = factOf(id)
  return !unassertable && strength !== 'open' && strength !== 'claimed'
}

/**
 * The requests that a fact is about, each with its answer.
 * @param id of a fact; one that is about no single request has none
 */
export function casesOf(id: FactId): readonly Case[] {
  const { when, response, cases = [] } = factOf(id)
  return when && response ? [{ when, response }, ...cases] : cases
}

/**
 * How well an answer is known that several steps lead to: each step as its strongest fact, all as the weakest of them.
 * @param steps with the facts that each rests on; one that rests on none, or on which nothing rests, does not count
 */
export function strengthOf(
  steps: readonly { readonly facts: readonly string[]; readonly beside?: true }[],
): Fact['class'] | undefined {
  const order = Object.keys(CLASSES) as Fact['class'][]
  const ranks = steps
    .filter((step) => step.facts.length > 0 && !step.beside)
    .map((step) => Math.min(...knownFacts(step.facts).map((id) => order.indexOf(factOf(id).class))))
  return order[Math.max(...ranks)]
}
