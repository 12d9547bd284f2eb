import type { RunnerTestCase } from 'vitest'
import { CLASSES, facts } from '../evidence/catalogue'
import { isUnanswered } from '../exchange/no-answer'
import { type Exchange, exchangeOf, isAccepted, render, summarise } from '../exchange/record'
import { hide } from '../exchange/secrets'
import './meta'
import type { Verdict } from './verdict'

/** What a failure is headed with, where it says nothing of the store or is said of Amazon S3 itself. */
const HEADINGS: Partial<Record<Verdict, string>> = {
  'setup failure': 'Setup failure',
  'no answer': 'No answer of the store',
  'contradicts the reference': 'Contradicts the reference',
}

/**
 * The failure as a reader wants it: what S3 does, what this store did, and what went over the wire.
 * It is a new error: what the SDK has thrown can hold what nobody may see.
 * @param errors the assertions that failed, and what ended the test
 * @param remark what the known deviations say
 */
export function explained(test: RunnerTestCase, verdict: Verdict, errors: readonly unknown[], remark?: string): Error {
  const { evidence = [], exchange = [], ends } = test.meta
  const heading = ends ? `The store answers ${ends}` : (HEADINGS[verdict] ?? 'Deviation')
  const messages = [...new Set(errors.map(messageOf))]
  const text = [
    // By these words the config tells that the check is to be run again.
    verdict === 'no answer' ? `${heading}.` : undefined,
    `${test.suite?.name ?? ''}: ${test.name}`,
    remark,
    ...(messages.length > 0 ? messages : ['holds']),
    `Evidence: ${evidence.map((id) => `${id}, ${CLASSES[facts[id].class]}`).join('; ')}.`,
    ...rendered(shown(verdict, errors, exchange)),
  ]
  const explanation = new Error(hide(text.filter(Boolean).join('\n\n')))
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

/** Exchanges as HTTP; of those that ask the same and are answered the same one is shown, with their number. */
function rendered(exchanges: readonly Exchange[]): string[] {
  const alike = new Map<string, Exchange[]>()
  for (const exchange of exchanges) {
    const { method, path, headers } = exchange.request
    const key = JSON.stringify([method, path, headers, summarise(exchange)])
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
  if (verdict !== 'setup failure' && verdict !== 'no answer') return own
  const failed = errors.flatMap((error) => exchangeOf(error) ?? exchangeOf((error as Error | undefined)?.cause) ?? [])
  const refused = exchanges.filter((exchange) => isUnanswered(exchange) || !isAccepted(exchange)).slice(-1)
  return failed.length > 0 ? failed : refused
}
