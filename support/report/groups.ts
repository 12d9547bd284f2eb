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

/** A check that deviates. */
export interface Differing {
  readonly deviation?: Deviation
  readonly exchange?: readonly Exchange[]
}

/** Checks that deviate in the same way. */
export interface Group<T> {
  readonly severity: Severity
  /** For display: `copies, source If-Match: 200, not 412`. */
  readonly sentence: string
  readonly checks: readonly T[]
}

/** What the checks of a group have in common. */
interface Key {
  /** Operations that respond alike are one: `reads`. */
  readonly about: string
  readonly condition: string
  readonly expected: {
    readonly kind?: Expectation['kind']
    readonly status?: number
    readonly names?: readonly string[]
  }
  readonly observed: readonly Observation[]
  readonly severity: Severity
}

/** Groups deviations: by severity first, then by number. */
export function groupsOf<T extends Differing>(checks: readonly T[]): Group<T>[] {
  return [...groupBy(checks, (check) => JSON.stringify(keyOf(check)))]
    .map(([text, some]) => {
      const key: Key = JSON.parse(text)
      return { severity: key.severity, sentence: sentenceAbout(key, some[0]?.deviation?.expected), checks: some }
    })
    .sort((a, b) => rank(a.severity) - rank(b.severity) || b.checks.length - a.checks.length)
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity)

const FAMILIES: Readonly<Record<string, string>> = {
  GetObject: 'reads',
  HeadObject: 'reads',
  GET: 'reads',
  CopyObject: 'copies',
  UploadPartCopy: 'copies',
}

function keyOf({ deviation, exchange = [] }: Differing): Key {
  const { observed = [], severity = 'detail', expected } = deviation ?? {}
  const own = exchange.filter(({ by }) => by === 'spec')
  const operation = observed.find(hasOperation)?.operation
  const asked = own.findLast((sent) => sent.operation === operation) ?? own.at(-1)
  const name = operation ?? asked?.operation ?? 'the request'
  const wrong = decisive(observed, expected).map(anonymous)
  // What an error's XML lacks is one cause, whatever the operation.
  const isAboutXml =
    wrong.some(({ kind }) => kind === 'element') && wrong.every(({ kind }) => kind === 'response' || kind === 'element')
  const isRace = wrong.some(({ kind }) => kind === 'race')
  const about = FAMILIES[name] ?? name
  // Many requests together, of which none is to blame.
  if (observed.some(({ kind }) => kind === 'outcome')) {
    const outcome = { kind: 'outcome', is: 'other' } as const
    return { about: 'recipes', condition: '', expected: {}, observed: [outcome], severity }
  }
  return {
    about: isAboutXml ? '' : about,
    condition: isAboutXml ? '' : conditionOf(expected, observed, asked),
    expected: isRace ? {} : essenceOf(expected),
    // What follows from several winners, such as several versions, is no other cause.
    observed: canonical(wrong.filter(({ kind }) => (isAboutXml ? kind === 'element' : !isRace || kind === 'race'))),
    severity,
  }
}

function hasOperation(one: Observation): one is Extract<Observation, { operation: string }> {
  return 'operation' in one
}

/** An observation without the operation and condition, which the name of the group has. */
function anonymous(one: Observation): Observation {
  const bare = hasOperation(one) ? { ...one, operation: '' } : one
  if (!('condition' in bare)) return bare
  const { condition: _, ...rest } = bare
  return rest
}

/** Leaves out what follows from a response: what a request that succeeded changed, or one that failed did not. */
function decisive(observed: readonly Observation[], expected?: Expectation): readonly Observation[] {
  const response = observed.find((one) => one.kind === 'response')
  if (!response) return observed
  const { status = 0 } = response
  const wanted = essenceOf(expected).status
  const isSuccessful = expected?.kind === 'success' || expected?.kind === 'deleted'
  const isRight = wanted === undefined ? isSuccessful && isSuccess(status) : status === wanted
  const isBehind = status >= 300 && observed.some(isChange)
  return isRight || isBehind ? observed : [response]
}

const isSuccess = (status: number) => status >= 200 && status < 300

const isChange = (one: Observation) => 'changed' in one

/** The condition that decides: the one that the error names, or that alone is sent. */
function conditionOf(expected: Expectation | undefined, observed: readonly Observation[], asked?: Exchange): string {
  const wanted = expected?.kind === 'failure' ? expected.elements.Condition : undefined
  const seen = observed.flatMap((one) => ('condition' in one ? (one.condition ?? []) : []))[0]
  const sent = Object.keys(asked?.request.headers ?? {}).filter((header) => /(^|-)if-/.test(header))
  const named = wanted ?? seen
  if (named) return short(named)
  return sent.length > 1 ? 'several conditions' : short(sent[0] ?? '')
}

/** A condition by the name that it has on a read, `If-Match`; `source If-Match` if it is on the source of a copy. */
function short(header: string): string {
  const [, source = '', name = ''] = /^(x-amz-(?:copy-source|rename-source)-)?(.*)$/.exec(header.toLowerCase()) ?? []
  return `${source && 'source '}${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}`
}

function essenceOf(expected?: Expectation): Key['expected'] {
  if (!expected) return {}
  const { kind } = expected
  if (kind === 'failure' || kind === 'success')
    return expected.status === undefined ? { kind } : { status: expected.status }
  if (kind === 'not modified') return { status: 304 }
  if (kind === 'headers') return { kind, names: Object.keys(expected.headers) }
  if (kind === 'members') return { kind, names: Object.keys(expected.members) }
  return { kind }
}

/** Short names of expectations. The sentence of the others is short enough. */
const EXPECTED: Partial<Record<Expectation['kind'], string>> = {
  success: 'success',
  failure: 'failure',
  'one winner': 'one winner',
  'body of the winner': 'the bytes of the winner',
  'one version more': 'one more version',
  losers: '412 or 409',
  body: 'its bytes',
  outcome: '',
  assertion: '',
}

function sentenceAbout({ about, condition, expected, observed }: Key, example?: Expectation): string {
  const { status, names, kind } = expected
  const wanted = status ?? names?.join(', ') ?? (kind && EXPECTED[kind]) ?? (example && expectedSentence(example))
  const isRace = observed.some((one) => one.kind === 'race')
  const [only, ...more] = observed
  // The two statuses say it all.
  const seen =
    only?.kind === 'response' && more.length === 0
      ? statusIn(only, status)
      : sentenceOf(observed, { operations: false })
  if (about === '') return `${wanted ?? 'error'} response: ${seen}`
  if (kind === 'deleted') return `${about}: ${sentenceOf(observed.filter((one) => one.kind !== 'response'))}`
  const name = [about, condition].filter(Boolean).join(', ')
  if (isRace)
    return `${name}: ${only?.kind === 'race' && only.winners === 'none' ? 'none succeeds' : 'more than one succeeds'}`
  return wanted && only?.kind !== 'outcome' ? `${name}: ${seen}, not ${wanted}` : `${name}: ${seen}`
}

/** A status; with what else there is to say of it if it is the right one. */
function statusIn({ status, code, body }: ResponseFields, wanted?: number): string {
  if (status === undefined) return 'no response'
  if (wanted !== undefined && status !== wanted) return String(status)
  const said = body === 'error in success' ? 'with an error' : body && 'with a body that cannot be read'
  return [status, code, said].filter(Boolean).join(' ')
}

/** A text that fits a line. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
