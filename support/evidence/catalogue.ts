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
export { sources } from './sources'

/**
 * All facts by id. The meaning of an id never changes. The literal types let an editor show a fact's sentence wherever
 * a spec uses the fact.
 */
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

export type KnownFact = (typeof facts)[FactId]

export const factIds = Object.keys(facts) as readonly FactId[]

const ids = new Map(factIds.map((id): [KnownFact, FactId] => [facts[id], id]))

/** Returns the id of a fact. @throws Error if the fact is not in `facts` */
export function idOf(fact: KnownFact): FactId {
  const id = ids.get(fact)
  if (!id) throw new Error(`Unknown fact: ${fact.says} Use a fact from support/evidence/facts.`)
  return id
}

/** Returns a fact with the type `Fact` rather than its literal type. */
export function factOf(id: FactId): Fact {
  return facts[id]
}

export function isFactId(id: string): id is FactId {
  return Object.hasOwn(facts, id)
}

/** Narrows strings, such as those in the reference store's rules, to fact ids. @throws Error if an id is unknown */
export function knownFacts(ids: readonly string[]): FactId[] {
  return ids.map((id) => {
    if (isFactId(id)) return id
    throw new Error(`Unknown fact ${id}. Use an id from support/evidence/facts.`)
  })
}

/** Whether a spec must assert the fact. Open, claimed and unassertable facts are exempt. */
export function mustBeAsserted(id: FactId): boolean {
  const { class: strength, unassertable } = factOf(id)
  return !unassertable && strength !== 'open' && strength !== 'claimed'
}

/** Returns the requests that a fact describes, each with its response. */
export function casesOf(id: FactId): readonly Case[] {
  const { when, response, cases = [] } = factOf(id)
  return when && response ? [{ when, response }, ...cases] : cases
}

/**
 * Returns the evidence class of a response that the rules derive in several steps: the class of the weakest step. A
 * step has the class of its strongest fact.
 * @param steps the steps, each with the ids of its facts; steps that have no facts or are marked `isDetail` are ignored
 */
export function strengthOf(
  steps: readonly { readonly facts: readonly string[]; readonly isDetail?: true }[],
): Fact['class'] | undefined {
  const order = Object.keys(CLASSES) as Fact['class'][]
  const ranks = steps
    .filter((step) => step.facts.length > 0 && !step.isDetail)
    .map((step) => Math.min(...knownFacts(step.facts).map((id) => order.indexOf(factOf(id).class))))
  return order[Math.max(...ranks)]
}
