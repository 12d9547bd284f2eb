import { evaluate, type Failure, factsOf, type Outcome, type Success } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { CLASSES, casesOf, type FactId, factIds, facts, knownFacts, strengthOf } from '../evidence/catalogue'
import { concretize } from './symbols'

const stated = factIds.flatMap((id) =>
  casesOf(id).flatMap(({ when, response }, n) =>
    when.operations.map((operation) => ({ id, n, operation, response, ...concretize(when, operation) })),
  ),
)
/** The sources of R20 contradict each other, so the outcome is unknown (O1). */
const contradicted = stated.filter(({ id }) => id === 'R20')
const settled = stated.filter(({ id }) => id !== 'R20')

/** Converts an outcome to the form in which facts describe a response. */
function responseOf(outcome: Success | Failure): object {
  const [first] = outcome.kind === 'success' ? (outcome.entries ?? []) : []
  if (!first) return outcome.kind === 'success' ? { status: outcome.status } : outcome.error
  const entry = known(first.outcome)
  return {
    status: 200,
    ...(entry.kind === 'failure' ? { entry: 'Errors', code: entry.error.code } : { entry: 'Deleted' }),
  }
}

function known(outcome: Outcome): Success | Failure {
  if (outcome.kind === 'unknown')
    throw new Error(`Unknown outcome: ${outcome.steps.map(({ reason }) => reason).join('; ')}`)
  return outcome
}

function allFactsOf(outcome: Outcome) {
  const entries = outcome.kind === 'success' ? (outcome.entries ?? []) : []
  return knownFacts([...factsOf(outcome), ...entries.flatMap((entry) => factsOf(entry.outcome))])
}

describe('the rules return what facts state', () => {
  test.for(settled)('$id, case $n: $operation', ({ request, state, response }) => {
    expect(responseOf(known(evaluate(request, state)))).toMatchObject(response)
  })

  test.for(contradicted)('$id: $operation has an unknown outcome', ({ request, state }) => {
    const outcome = evaluate(request, state)

    expect(outcome).toMatchObject({ kind: 'unknown', question: 'O1' })
    expect(factsOf(outcome)).toContain('R20')
  })

  test('failures and reads change nothing', () => {
    for (const { request, state } of settled) {
      const outcome = known(evaluate(request, state))
      const isRead = /^(Get|Head)/.test(request.operation)
      if (outcome.kind === 'failure' || isRead) expect(outcome.effect).toBe('unchanged')
    }
  })

  test('an outcome rests on the fact that states it', () => {
    const without = stated.filter(({ id, request, state }) => !allFactsOf(evaluate(request, state)).includes(id))

    const message = 'Name each fact in the rule that returns its response, in support/reference-store/src/rules.'
    expect(
      without.map(({ id, n, operation }) => `${id} ${n} ${operation}`),
      message,
    ).toEqual([])
  })

  test('a known outcome rests on no open fact', () => {
    const wrong = settled.flatMap(({ id, request, state }) =>
      allFactsOf(evaluate(request, state))
        .filter((fact) => facts[fact].class === 'open')
        .map((fact) => `${id} rests on ${fact}`),
    )

    expect(wrong).toEqual([])
  })

  test('an outcome is as certain as the fact that states it', () => {
    const order = Object.keys(CLASSES)
    const rank = (strength = 'open') => order.indexOf(strength)
    const weaker = settled.filter(({ id, request, state }) => {
      const outcome = evaluate(request, state)
      return rank(strengthOf(outcome.steps)) > rank(facts[id as FactId].class)
    })

    expect(weaker.map(({ id, n, operation }) => `${id} ${n} ${operation}`)).toEqual([])
  })

  test('every fact with a case is tested', () => {
    expect(new Set(stated.map(({ id }) => id)).size).toBe(factIds.filter((id) => casesOf(id).length > 0).length)
  })
})
