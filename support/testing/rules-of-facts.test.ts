import { evaluate, type Failure, factsOf, type Outcome, type Success } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { CLASSES, casesOf, type FactId, factIds, facts, knownFacts, strengthOf } from '../evidence/catalogue'
import { instantiate } from './symbols'

const stated = factIds.flatMap((id) =>
  casesOf(id).flatMap(({ when, response: says }, n) =>
    when.operations.map((operation) => ({ id, n, operation, says, ...instantiate(when, operation) })),
  ),
)
/** What sources contradict each other on, so that the rules do not take a side (O1). */
const contradicted = stated.filter(({ id }) => id === 'R20')
const settled = stated.filter(({ id }) => id !== 'R20')

/** The answer in the catalogue's terms. */
function inTerms(outcome: Success | Failure): object {
  const [first] = outcome.kind === 'success' ? (outcome.entries ?? []) : []
  if (!first) return outcome.kind === 'success' ? { status: outcome.status } : outcome.error
  const entry = known(first.outcome)
  return {
    status: 200,
    ...(entry.kind === 'failure' ? { entry: 'Errors', code: entry.error.code } : { entry: 'Deleted' }),
  }
}

function known(outcome: Outcome): Success | Failure {
  if (outcome.kind === 'unknown') throw new Error(`not known: ${outcome.steps.map(({ reason }) => reason).join('; ')}`)
  return outcome
}

function allFactsOf(outcome: Outcome) {
  const entries = outcome.kind === 'success' ? (outcome.entries ?? []) : []
  return knownFacts([...factsOf(outcome), ...entries.flatMap((entry) => factsOf(entry.outcome))])
}

describe('the rules answer as facts state', () => {
  test.for(settled)('$id, case $n: $operation', ({ request, state, says }) => {
    expect(inTerms(known(evaluate(request, state)))).toMatchObject(says)
  })

  test.for(contradicted)('$id: $operation, which is not known', ({ request, state }) => {
    const outcome = evaluate(request, state)

    expect(outcome).toMatchObject({ kind: 'unknown', question: 'O1' })
    expect(factsOf(outcome)).toContain('R20')
  })

  test('a refusal changes nothing, and what is accepted is known to change the key or not', () => {
    for (const { request, state } of settled) {
      const outcome = known(evaluate(request, state))
      const isRead = /^(Get|Head)/.test(request.operation)
      if (outcome.kind === 'failure' || isRead) expect(outcome.effect).toBe('unchanged')
    }
  })

  test('the fact is among those that the answer rests on', () => {
    const without = stated.filter(({ id, request, state }) => !allFactsOf(evaluate(request, state)).includes(id))

    expect(without.map(({ id, n, operation }) => `${id} ${n} ${operation}`)).toEqual([])
  })

  test('what is known rests on no open question', () => {
    const wrong = settled.flatMap(({ id, request, state }) =>
      allFactsOf(evaluate(request, state))
        .filter((fact) => facts[fact].class === 'open')
        .map((fact) => `${id} rests on ${fact}`),
    )

    expect(wrong).toEqual([])
  })

  test('an answer is known no worse than the fact that states it', () => {
    const order = Object.keys(CLASSES)
    const rank = (strength = 'open') => order.indexOf(strength)
    const weaker = settled.filter(({ id, request, state }) => {
      const outcome = evaluate(request, state)
      return rank(strengthOf(outcome.steps)) > rank(facts[id as FactId].class)
    })

    expect(weaker.map(({ id, n, operation }) => `${id} ${n} ${operation}`)).toEqual([])
  })

  test('they are as many as the catalogue has', () => {
    expect(new Set(stated.map(({ id }) => id)).size).toBe(factIds.filter((id) => casesOf(id).length > 0).length)
  })
})
