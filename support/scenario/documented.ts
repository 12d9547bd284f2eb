import { isDeepStrictEqual } from 'node:util'
import type { Check } from '../catalogue/checks'
import { type Answer, type FactId, facts, type Given, type KeyHolds, type Operation } from '../evidence/catalogue'
import { type Exchange, element, summarise } from '../exchange/record'
import type { KnownDeviation } from '../judge/verdict'
import { slug } from '../results/ids'

/** The conditions of a request, by the names of the SDK's members, each with its value in symbols. */
export type Conditions = Omit<Given, 'operations' | 'key'>
export type Condition = keyof Conditions

/** A request in symbols, as a person has put it together. */
export interface Asked {
  readonly operation: Operation
  /** What the key that is read, written or deleted holds. */
  readonly key: KeyHolds
  /** What the source of a copy holds. */
  readonly source?: KeyHolds
  readonly conditions: Conditions
}

/** All that the project has to say about a request. */
export interface Documentation {
  /** What Amazon S3 does, in a sentence, and as an answer; neither where nothing is known. */
  readonly says?: string
  readonly answer?: Answer
  /** The facts that describe it; they agree in their answer. */
  readonly facts: readonly FactId[]
  /** The test that documents it. */
  readonly spec?: { readonly file: string; readonly title: string }
  /** Known deviations of the store, by test. */
  readonly deviations: readonly (KnownDeviation & { readonly test: string })[]
  /** Of several conditions, what is said about each when it stands alone. */
  readonly alone: readonly (Documentation & { readonly condition: Condition })[]
}

/** What documentation is gathered from. */
export interface Sources {
  readonly checks: readonly Check[]
  /** Known deviations of the store, by check. */
  readonly known: Readonly<Record<string, KnownDeviation>>
}

/** What an outcome says about the store. */
export type Judgement = 'as expected' | 'known deviation' | 'unexpected' | 'not stated'

const ids = Object.keys(facts) as FactId[]

/**
 * Looks a request up in the catalogue. Facts about several conditions say which of them hold, and name one way for them
 * to do so. Where no fact has these very values, one fits whose values are each answered alike when they stand alone.
 */
export function factsAbout(asked: Asked): FactId[] {
  const sameValue = (name: Condition, value: unknown) => asked.conditions[name] === value
  const exact = ids.filter((id) => describes(facts[id].when, asked, sameValue))
  if (exact.length > 0 || namesOf(asked.conditions).length < 2) return exact
  const answeredAlike = (name: Condition, value: unknown) => {
    const answer = answerAlone(asked, name, value)
    return answer !== undefined && isDeepStrictEqual(answer, answerAlone(asked, name, asked.conditions[name]))
  }
  return ids.filter((id) => describes(facts[id].when, asked, answeredAlike))
}

function describes(
  when: Given | undefined,
  asked: Asked,
  fits: (name: Condition, value: unknown) => boolean,
): when is Given {
  if (!when?.operations.includes(asked.operation)) return false
  const { operations, key = keyOf(asked), ...conditions } = when
  return (
    key === keyOf(asked) &&
    isDeepStrictEqual(namesOf(conditions).sort(), namesOf(asked.conditions).sort()) &&
    namesOf(conditions).every((name) => fits(name, conditions[name]))
  )
}

/** What the key holds that the conditions are about. */
function keyOf({ key, source, conditions }: Asked): KeyHolds {
  return source && namesOf(conditions).every(isOnSource) ? source : key
}

/** Whether a condition is about the source of a copy. */
export function isOnSource(name: string): boolean {
  return name.startsWith('CopySource')
}

function answerAlone(asked: Asked, name: Condition, value: unknown): Answer | undefined {
  const [id] = factsAbout({ ...asked, conditions: { [name]: value } })
  return id && facts[id].answer
}

function namesOf(conditions: Conditions): Condition[] {
  return (Object.keys(conditions) as Condition[]).filter((name) => conditions[name] !== undefined)
}

/** Gathers what facts, specs and the recording of a store say about a request. */
export function documentationOf(asked: Asked, sources: Sources): Documentation {
  const names = namesOf(asked.conditions)
  const alone = names.map((condition) => {
    const conditions = { [condition]: asked.conditions[condition] }
    return names.length > 1 ? [{ condition, ...documentationOf({ ...asked, conditions }, sources) }] : []
  })
  const found = factsAbout(asked)
  const said = { ...statedBy(found), facts: found, alone: alone.flat() }
  const [byFact, byName] = [documentedByFact(asked, found, sources), documentedByName(asked, sources)]
  // A test that names a fact of several conditions may be about more than it.
  const documented = (names.length > 1 && byName) || byFact || byName
  return { deviations: [], ...documented, ...said }
}

type Documented = Omit<Documentation, 'facts' | 'alone'>

function documentedByFact(asked: Asked, found: readonly FactId[], { checks, known }: Sources): Documented | undefined {
  const about = checks.filter((check) => check.facts.some((id) => found.includes(id)) && isAbout(check, asked))
  const [check] = about.toSorted((a, b) => {
    return conditionsInPath(b, asked) - conditionsInPath(a, asked) || a.facts.length - b.facts.length
  })
  return check && { spec: specOf(check), deviations: about.flatMap((one) => deviationOf(one, asked, known)) }
}

/**
 * Finds the one check of every combination of the four conditions by its id, which begins with what is asked:
 * `getobject-if-match-fails-if-none-match-fails-…`; beside its title it says the answer.
 */
function documentedByName(asked: Asked, { checks, known }: Sources): Documented | undefined {
  const states = statesOf(asked)
  const begin = states && slug(`${asked.operation}: ${states.join(', ')}`)
  const check = checks.find(({ id, answer }) => begin && answer && id.split('/').at(-1)?.startsWith(begin))
  if (!check?.answer || !states) return undefined
  const [status, condition] = check.answer.split(' ')
  const sent = states.filter((state) => !state.endsWith(' absent')).join(' and ')
  return {
    says: [
      asked.operation,
      sent ? `where ${sent}` : 'without a precondition',
      `answers ${status}${condition ? ` with Condition ${condition}` : ''}.`,
    ].join(' '),
    answer: { status: Number(status), ...(condition && { condition }) },
    spec: specOf(check),
    deviations: deviationOf(check, asked, known),
  }
}

function specOf({ behaviour, title }: Check): Documentation['spec'] {
  return { file: `specs/${behaviour}.spec.ts`, title }
}

/** What facts that agree say; nothing is stated by an open question but the question. */
function statedBy([id]: readonly FactId[]): Pick<Documentation, 'says' | 'answer'> {
  if (!id) return {}
  const { says, answer, class: strength } = facts[id]
  return strength === 'open' ? { says } : { says, answer }
}

/** Whether a check is not plainly about another operation; those of combinations are found by what they combine. */
function isAbout({ behaviour, title }: Check, { operation }: Asked): boolean {
  if (behaviour.startsWith('precedence/')) return false
  const named: string[] = title.match(/\b[A-Z]\w+Object|\bUploadPartCopy|\bCompleteMultipartUpload/g) ?? []
  return named.length === 0 || named.includes(operation)
}

/** How many of the request's conditions the path of a spec speaks of. */
function conditionsInPath({ behaviour }: Check, { conditions }: Asked): number {
  return namesOf(conditions).filter((name) => {
    return behaviour.includes(headerOf(name.replace(/^CopySource/, '')).toLowerCase())
  }).length
}

/** Which of the four conditions hold, as facts say when they stand alone; undefined where they do not say it. */
function statesOf(asked: Asked): string[] | undefined {
  const names = namesOf(asked.conditions)
  const isCopy = asked.operation.includes('Copy')
  if (keyOf(asked) !== 'object' || names.some((name) => isOnSource(name) !== isCopy)) return undefined
  const states = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'].map((plain) => {
    const name = (isCopy ? `CopySource${plain}` : plain) as Condition
    const answer = names.includes(name) ? answerAlone(asked, name, asked.conditions[name]) : 'absent'
    if (!answer) return []
    return `${headerOf(plain)} ${answer === 'absent' ? answer : answer.status < 300 ? 'holds' : 'fails'}`
  })
  return states.flat().length === states.length ? states.flat() : undefined
}

/** `If-None-Match` for `IfNoneMatch`. */
function headerOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-')
}

/** What a store is known to do instead, where the check saw it do so with this very operation. */
function deviationOf({ id }: Check, { operation }: Asked, known: Sources['known']): Documentation['deviations'] {
  const deviation = known[id]
  const isOfIt = [deviation?.observed ?? []].flat().some((one) => one.startsWith(`${operation} `))
  return deviation && isOfIt ? [{ test: id, ...deviation }] : []
}

/**
 * Compares what the store did with what Amazon S3 does and what the store is known to do.
 * @param changed what a refused request changed all the same
 * @returns the judgement, and the known deviations that belong to it
 */
export function judge(
  exchange: Exchange,
  { answer, deviations }: Documentation,
  changed?: string,
): { judgement: Judgement; because: Documentation['deviations'] } {
  if (!answer) return { judgement: 'not stated', because: [] }
  if (isAnswer(exchange, answer) && changed === undefined) return { judgement: 'as expected', because: deviations }
  const because = deviations.filter(({ observed }) => [observed].flat().some((one) => pins(one, exchange, changed)))
  return { judgement: because.length > 0 ? 'known deviation' : 'unexpected', because }
}

/** Whether an exchange has the answer that a fact states; code and elements are in a body, which HEAD has not. */
export function isAnswer(exchange: Exchange, { status, code, condition, header }: Answer): boolean {
  if (exchange.response?.status !== status) return false
  if (exchange.request.method === 'HEAD') return true
  const stated = Object.entries({ Code: code, Condition: condition, Header: header }).filter(([, value]) => value)
  return stated.every(([name, value]) => element(exchange, name) === value)
}

/** Whether a deviation that is written down is what an exchange shows; the rest of what its test saw may follow. */
function pins(observed: string, exchange: Exchange, changed?: string): boolean {
  const seen = [summarise(exchange), changed].filter(Boolean).join('; ')
  return observed.startsWith(seen) && /^($|;|,| with)/.test(observed.slice(seen.length))
}
