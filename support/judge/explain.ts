import type { RunnerTestCase } from 'vitest'
import { NO_RESPONSE } from '../errors'
import { CLASSES, facts } from '../evidence/catalogue'
import { isUnanswered } from '../exchange/no-answer'
import { type Exchange, exchangeOf, isAccepted, render, responseOf } from '../exchange/record'
import { hide } from '../exchange/secrets'
import './meta'
import type { Verdict } from './verdict'

/** The heading of a failure that says nothing of the store, or is about Amazon S3 itself. */
const HEADINGS: Partial<Record<Verdict, string>> = {
  'setup failure': 'Setup failure',
  'no response': 'No response',
  'contradicts the reference': 'Contradicts the reference',
}

/** What a failure shows beside its verdict. */
export interface Shown {
  /** The errors of the assertions that failed, and what ended the test. */
  readonly errors: readonly unknown[]
  readonly exchanges: readonly Exchange[]
  /** Lines for people: what the baseline has, in how many rounds of a race it happened. */
  readonly remarks?: readonly string[]
}

/**
 * The failure as a reader wants it: what Amazon S3 does, what this store did, and what went over the wire.
 * It is a new error: what the SDK has thrown can hold what nobody may see.
 */
export function explained(test: RunnerTestCase, verdict: Verdict, { errors, exchanges, remarks = [] }: Shown): Error {
  const { evidence = [], ends } = test.meta
  const heading = ends ? `The store returned ${ends}` : (HEADINGS[verdict] ?? 'Deviation')
  const messages = [...new Set(errors.map(messageOf))]
  const text = [
    ...(verdict === 'no response' && !ends
      ? [`${NO_RESPONSE}: the store did not respond to a request of this check.`]
      : []),
    `${test.suite?.name ?? ''}: ${test.name}`,
    ...remarks,
    ...(messages.length > 0 ? messages : ['The check holds.']),
    `Evidence: ${evidence.map((id) => `${id}, ${CLASSES[facts[id].class]}`).join('; ')}.`,
    ...rendered(shown(verdict, errors, exchanges)),
  ]
  const explanation = new Error(hide(text.join('\n\n')))
  explanation.name = heading
  const stack = (errors[0] as { stack?: string } | undefined)?.stack ?? ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  explanation.stack = [`${explanation.name}: ${explanation.message}`, ...frames].join('\n')
  return explanation
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: string }
  return message ?? String(error)
}

/** Exchanges as HTTP; of those with the same request and the same response one is shown, with their number. */
function rendered(exchanges: readonly Exchange[]): string[] {
  const alike = new Map<string, Exchange[]>()
  for (const exchange of exchanges) {
    const { method, path, headers } = exchange.request
    const key = JSON.stringify([method, path, headers, responseOf(exchange)])
    alike.set(key, [...(alike.get(key) ?? []), exchange])
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    const times = others.length > 0 ? [`The same ${others.length} times more.`] : []
    return first ? [render(first), ...times] : []
  })
}

/** The exchanges that explain a failure: the spec's own; of a fixture that failed, the request that did. */
function shown(verdict: Verdict, errors: readonly unknown[], exchanges: readonly Exchange[]): readonly Exchange[] {
  const own = exchanges.filter(({ by }) => by === 'spec')
  if (verdict !== 'setup failure' && verdict !== 'no response') return own
  const failed = errors.flatMap((error) => exchangeOf(error) ?? exchangeOf((error as Error | undefined)?.cause) ?? [])
  const refused = exchanges.filter((exchange) => isUnanswered(exchange) || !isAccepted(exchange)).slice(-1)
  return failed.length > 0 ? failed : refused
}
