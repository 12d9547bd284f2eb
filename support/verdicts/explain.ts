import type { RunnerTestCase } from 'vitest'
import { NO_RESPONSE } from '../errors'
import { CLASSES, facts } from '../evidence/catalogue'
import { findingSentence } from '../sentence'
import { isTransient } from '../wire/no-response'
import { type Exchange, exchangeOf, isAccepted, render, responseOf } from '../wire/record'
import { redact } from '../wire/redact'
import { findingIn } from './outcome'
import type { Verdict } from './verdict'

/** Headings of failure messages. Verdicts that are not listed here have the heading “Deviation”. */
const HEADINGS: Partial<Record<Verdict, string>> = {
  'no longer deviates': 'No longer deviates',
  'setup failure': 'Setup failure',
  'no response': 'No response',
  'contradicts the reference': 'Contradicts the reference',
}

interface FailureDetails {
  /** The errors from failed assertions and, if an error ended the test early, that error. */
  readonly errors: readonly unknown[]
  readonly exchanges: readonly Exchange[]
  /** Additional lines in the message, about the baseline entry and, for a race, the violation rate. */
  readonly remarks?: readonly string[]
}

/**
 * Formats the message of a failed check: the expected and the observed behaviour, and the requests and responses.
 * @returns a new error, because errors from the SDK can contain credentials
 */
export function failureError(
  test: RunnerTestCase,
  verdict: Verdict,
  { errors, exchanges, remarks = [] }: FailureDetails,
): Error {
  const { evidence = [], ends } = test.meta
  const heading = ends ? `The store returned ${ends}` : (HEADINGS[verdict] ?? 'Deviation')
  const isAboutStore = verdict !== 'setup failure' && verdict !== 'no response'
  const messages = errors.map((error) => {
    const finding = isAboutStore && findingIn(error)
    return finding ? findingSentence(finding) : ((error as Partial<Error> | null)?.message ?? String(error))
  })
  const text = [
    ...(verdict === 'no response' && !ends
      ? [`${NO_RESPONSE}: a request in this check got no response or only a transient error, such as 503.`]
      : []),
    `${test.suite?.name ?? ''}: ${test.name}`,
    ...remarks,
    ...new Set(messages),
    `Evidence: ${evidence.map((id) => `${id}, ${CLASSES[facts[id].class]}`).join('; ')}.`,
    ...rendered(shown(verdict, errors, exchanges)),
  ]
  const explanation = new Error(redact(text.join('\n\n')))
  explanation.name = heading
  const stack = (errors[0] as { stack?: string } | undefined)?.stack ?? ''
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  explanation.stack = [`${explanation.name}: ${explanation.message}`, ...frames].join('\n')
  return explanation
}

/** The maximum number of different exchanges in a failure message. A race can have many more. */
const SHOWN = 6

/** Formats exchanges as HTTP. Identical exchanges are shown only once, with a count. */
function rendered(exchanges: readonly Exchange[]): string[] {
  const alike = new Map<string, Exchange[]>()
  for (const exchange of exchanges) {
    const { method, path, headers } = exchange.request
    const key = JSON.stringify([method, path, headers, responseOf(exchange)])
    alike.set(key, [...(alike.get(key) ?? []), exchange])
  }
  const groups = [...alike.values()]
  const hidden = groups.slice(SHOWN).flat().length
  return [
    ...groups.slice(0, SHOWN).flatMap(([first, ...others]) => {
      const times = others.length > 0 ? [`${others.length} more like this.`] : []
      return first ? [render(first), ...times] : []
    }),
    ...(hidden > 0
      ? [`Requests not shown: ${hidden}. The output of --reporter=json lists them in the test's “meta” field.`]
      : []),
  ]
}

/**
 * Selects the exchanges that explain a failure: those of the spec itself or, if the check could not be judged, the
 * exchanges that failed, including those of fixtures and matchers.
 */
function shown(verdict: Verdict, errors: readonly unknown[], exchanges: readonly Exchange[]): readonly Exchange[] {
  const own = exchanges.filter(({ by }) => by === 'spec')
  if (verdict !== 'setup failure' && verdict !== 'no response') return own
  const failed = errors.flatMap((error) => exchangeOf(error) ?? exchangeOf((error as Error | undefined)?.cause) ?? [])
  const lastFailed = exchanges.filter((exchange) => isTransient(exchange) || !isAccepted(exchange)).slice(-1)
  return failed.length > 0 ? failed : lastFailed
}
