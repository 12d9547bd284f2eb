import {
  canonical,
  type Expectation,
  type Observation,
  type ResponseFields,
  SEVERITIES,
  type Severity,
} from '../observation'
import { expectedSentence, sentenceOf } from '../sentence'
import { groupBy } from '../verdicts/summary'
import type { Deviation } from '../verdicts/verdict'
import type { Exchange } from '../wire/record'

export interface DeviatingCheck {
  readonly deviation?: Deviation
  readonly exchange?: readonly Exchange[]
}

/** Checks that deviate in the same way. */
export interface Group<T> {
  readonly severity: Severity
  /** A description of the deviation, for example `copies, source If-Match: 200, not 412`. */
  readonly sentence: string
  readonly checks: readonly T[]
}

/** What the checks in a group have in common. */
interface Key {
  /** The operation, or a family of operations that behave alike, such as `reads`. */
  readonly subject: string
  readonly condition: string
  readonly expected: {
    readonly kind?: Expectation['kind']
    readonly status?: number
    readonly names?: readonly string[]
  }
  readonly observed: readonly Observation[]
  readonly severity: Severity
}

/**
 * Groups checks that deviate in the same way. The groups are sorted by severity, worst first, then by the number of
 * checks, highest first.
 */
export function groupsOf<T extends DeviatingCheck>(checks: readonly T[]): Group<T>[] {
  return [...groupBy(checks, (check) => JSON.stringify(keyOf(check)))]
    .map(([text, some]) => {
      const key: Key = JSON.parse(text)
      return { severity: key.severity, sentence: groupSentence(key, some[0]?.deviation?.expected), checks: some }
    })
    .sort((a, b) => rank(a) - rank(b) || b.checks.length - a.checks.length)
}

const rank = ({ severity }: { severity: Severity }) => SEVERITIES.indexOf(severity)

const FAMILIES: Readonly<Record<string, string>> = {
  GetObject: 'reads',
  HeadObject: 'reads',
  GET: 'reads',
  CopyObject: 'copies',
  UploadPartCopy: 'copies',
}

function keyOf({ deviation, exchange = [] }: DeviatingCheck): Key {
  const { observed = [], severity = 'detail', expected } = deviation ?? {}
  // A recipe's outcome depends on many requests, so a deviation cannot be attributed to a single request.
  if (observed.some(({ kind }) => kind === 'outcome')) {
    const outcome = { kind: 'outcome', is: 'other' } as const
    return { subject: 'recipes', condition: '', expected: {}, observed: [outcome], severity }
  }
  const own = exchange.filter(({ by }) => by === 'spec')
  const operation = observed.find(hasOperation)?.operation
  const request = own.findLast((sent) => sent.operation === operation) ?? own.at(-1)
  const name = operation ?? request?.operation ?? 'the request'
  const wrong = decisive(observed, expected).map(anonymous)
  // Deviations in the XML of errors are grouped across operations and conditions, because they share a cause.
  const isAboutXml =
    wrong.some(({ kind }) => kind === 'element') && wrong.every(({ kind }) => kind === 'response' || kind === 'element')
  const isRace = wrong.some(({ kind }) => kind === 'race')
  return {
    subject: isAboutXml ? '' : (FAMILIES[name] ?? name),
    condition: isAboutXml ? '' : conditionOf(expected, observed, request),
    expected: isRace ? {} : essenceOf(expected),
    // If a race has the wrong number of winners, the consequences, such as additional versions, are ignored, so that
    // they do not form separate groups.
    observed: canonical(wrong.filter(({ kind }) => (isAboutXml ? kind === 'element' : !isRace || kind === 'race'))),
    severity,
  }
}

function hasOperation(one: Observation): one is Extract<Observation, { operation: string }> {
  return 'operation' in one
}

/** Removes the operation and the condition from an observation, because the group's description already names them. */
function anonymous(one: Observation): Observation {
  const { condition: _, ...rest } = { condition: '', ...one }
  return ('operation' in rest ? { ...rest, operation: '' } : rest) as Observation
}

/**
 * If the status is unexpected, omits observations that merely follow from it. Examples are a change made by a request
 * that should have failed, and a missing change after a request that should have succeeded.
 */
function decisive(observed: readonly Observation[], expected?: Expectation): readonly Observation[] {
  const response = observed.find((one) => one.kind === 'response')
  if (!response) return observed
  const { status = 0 } = response
  const expectedStatus = essenceOf(expected).status
  const expectsSuccess = expected?.kind === 'success' || expected?.kind === 'deleted'
  const isSuccess = status >= 200 && status < 300
  const isRight = expectedStatus === undefined ? expectsSuccess && isSuccess : status === expectedStatus
  const isSilentChange = status >= 300 && observed.some((one) => 'changed' in one)
  return isRight || isSilentChange ? observed : [response]
}

/**
 * Names the condition that decided the response: the one named in the expected or observed error, otherwise the only
 * condition that was sent. If no error names one and several were sent, returns `several conditions`.
 */
function conditionOf(expected: Expectation | undefined, observed: readonly Observation[], request?: Exchange): string {
  const inExpected = expected?.kind === 'failure' ? expected.elements.Condition : undefined
  const inObserved = observed.flatMap((one) => ('condition' in one ? (one.condition ?? []) : []))[0]
  const sent = Object.keys(request?.request.headers ?? {}).filter((header) => /(^|-)if-/.test(header))
  const named = inExpected ?? inObserved
  if (named) return shortName(named)
  return sent.length > 1 ? 'several conditions' : shortName(sent[0] ?? '')
}

/**
 * Returns a short name for a condition header, such as `If-Match`, or `source If-Match` for the source of a copy or
 * rename.
 */
function shortName(header: string): string {
  const [, source = '', name = ''] = /^(x-amz-(?:copy-source|rename-source)-)?(.*)$/.exec(header.toLowerCase()) ?? []
  return `${source && 'source '}${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}`
}

function essenceOf(expected?: Expectation): Key['expected'] {
  if (!expected) return {}
  const { kind } = expected
  if (kind === 'failure' || kind === 'success') {
    return expected.status === undefined ? { kind } : { status: expected.status }
  }
  if (kind === 'not modified') return { status: 304 }
  if (kind === 'headers') return { kind, names: Object.keys(expected.headers) }
  if (kind === 'members') return { kind, names: Object.keys(expected.members) }
  return { kind }
}

/** Short descriptions of expectations whose full wording is too long for a line. */
const EXPECTED: Partial<Record<Expectation['kind'], string>> = {
  success: 'success',
  failure: 'failure',
  'one winner': 'one winner',
  'body sent by the winner': "the winner's bytes",
  'one version more': 'one more version',
  losers: '412 or 409',
  body: 'the expected bytes',
  outcome: '',
  assertion: '',
}

function groupSentence({ subject, condition, expected, observed }: Key, example?: Expectation): string {
  const { status, names, kind } = expected
  const wording = status ?? names?.join(', ') ?? (kind && EXPECTED[kind]) ?? (example && expectedSentence(example))
  const isRace = observed.some((one) => one.kind === 'race')
  const [only, ...more] = observed
  const seen =
    only?.kind === 'response' && more.length === 0
      ? statusIn(only, status)
      : sentenceOf(observed, { operations: false })
  if (subject === '') return `${wording ?? 'error'} response: ${seen}`
  if (kind === 'deleted') return `${subject}: ${sentenceOf(observed.filter((one) => one.kind !== 'response'))}`
  const name = [subject, condition].filter(Boolean).join(', ')
  if (isRace) {
    return `${name}: ${only?.kind === 'race' && only.winners === 'none' ? 'no request succeeds' : 'several requests succeed'}`
  }
  return wording && only?.kind !== 'outcome' ? `${name}: ${seen}, not ${wording}` : `${name}: ${seen}`
}

/**
 * Describes a response. If the status differs from the expected one, the description is the status alone. Otherwise, it
 * includes the error code and any problem with the body.
 */
function statusIn({ status, code, body }: ResponseFields, expected?: number): string {
  if (status === undefined) return 'no response'
  if (expected !== undefined && status !== expected) return String(status)
  const fault = body === 'error in success' ? 'with an error in the body' : body && 'with a body that cannot be read'
  return [status, code, fault].filter(Boolean).join(' ')
}
