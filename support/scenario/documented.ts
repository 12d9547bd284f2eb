import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { type Answer, type FactId, facts, type Given, type KeyHolds, type Operation } from '../evidence/catalogue'
import { type Exchange, element, summarise } from '../exchange/exchange'
import type { KnownDeviation } from '../report/verdict'
import { type Known, testId } from '../stores/known'

/** The conditions of a request, by the names of the SDK's members, each with its value in symbols. */
export type Conditions = Omit<Given, 'operations' | 'key'>
export type Condition = keyof Conditions

/** A request in symbols, as a person has put it together. */
export interface Asked {
  readonly operation: Operation
  /** What the key holds that the conditions are about, as in the catalogue. */
  readonly key: KeyHolds
  readonly conditions: Conditions
}

/** A test of a spec, as its file has it. */
export interface SpecTest {
  /** From the project's root: `specs/read/….spec.ts`. */
  readonly file: string
  /** With the placeholders of a table. */
  readonly title: string
  readonly evidence: readonly FactId[]
  /** Which facts it names is worked out when it runs; `evidence` holds all of its file's. */
  readonly worksOut: boolean
}

/** All that the project has to say about a request. */
export interface Documentation {
  /** What Amazon S3 does, in a sentence, and as an answer; neither where nothing is known. */
  readonly says?: string
  readonly answer?: Answer
  /** The facts that describe it; they agree in their answer. */
  readonly facts: readonly FactId[]
  /** The test that documents it. */
  readonly spec?: { readonly file: string; readonly title?: string }
  /** Known deviations of the store, by test. */
  readonly deviations: readonly (KnownDeviation & { readonly test: string })[]
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

/** The facts about each condition of a request on its own. */
export function factsAboutEach({ conditions, ...asked }: Asked): { condition: Condition; facts: FactId[] }[] {
  return namesOf(conditions).map((condition) => ({
    condition,
    facts: factsAbout({ ...asked, conditions: { [condition]: conditions[condition] } }),
  }))
}

function describes(
  when: Given | undefined,
  asked: Asked,
  fits: (name: Condition, value: unknown) => boolean,
): when is Given {
  if (!when?.operations.includes(asked.operation)) return false
  const { operations, key = asked.key, ...conditions } = when
  return (
    key === asked.key &&
    isDeepStrictEqual(namesOf(conditions).sort(), namesOf(asked.conditions).sort()) &&
    namesOf(conditions).every((name) => fits(name, conditions[name]))
  )
}

function answerAlone(asked: Asked, name: Condition, value: unknown): Answer | undefined {
  const [id] = factsAbout({ ...asked, conditions: { [name]: value } })
  return id && facts[id].answer
}

function namesOf(conditions: Conditions): Condition[] {
  return (Object.keys(conditions) as Condition[]).filter((name) => conditions[name] !== undefined)
}

/** Reads which tests name which facts from the specs themselves. */
export function readSpecs(): SpecTest[] {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const files = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.spec.ts'))
    .sort()
    .flatMap((file) => testsIn(`specs/${file.replaceAll('\\', '/')}`, readFileSync(join(root, 'specs', file), 'utf8')))
}

const TEST = /\btest(?:\.for\(.*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1,\s*evidence\(([^)]*)\)/gs

/** The tests of one spec file, from its text. */
export function testsIn(file: string, text: string): SpecTest[] {
  return [...text.matchAll(TEST)].map(([, , title = '', named = '']) => {
    const worksOut = named.includes('...')
    const evidence = [...(worksOut ? text : named).matchAll(/'([A-Z]\d\d)'/g)].map(([, id]) => id as FactId)
    return { file, title: title.replace(/\\(.)/g, '$1'), evidence: [...new Set(evidence)], worksOut }
  })
}

/**
 * Gathers what facts, specs and the recording of a store say about a request.
 * @param titles the names of all tests, as recordings have them
 */
export function documentationOf(
  asked: Asked,
  specs: readonly SpecTest[],
  known: Known,
  titles: readonly string[],
): Documentation {
  const found = factsAbout(asked)
  const stated = statedBy(found)
  const naming = specs.filter((test) => test.evidence.some((id) => found.includes(id)) && isAbout(test, asked))
  const literal = naming.filter(({ worksOut }) => !worksOut)
  const [spec] = literal.sort((a, b) => {
    return conditionsInPath(b, asked) - conditionsInPath(a, asked) || a.evidence.length - b.evidence.length
  })
  if (spec) {
    const title = spec.title.replace('%s', asked.operation)
    return {
      ...stated,
      facts: found,
      spec: { file: spec.file, ...(!PLACEHOLDER.test(title) && { title }) },
      deviations: deviationsFrom(literal, asked, known),
    }
  }
  const row = rowOf(asked)
  const test = row && titles.find((title) => title.includes(` > ${row}`))
  if (!test) return { ...stated, facts: found, ...(naming[0] && { spec: { file: naming[0].file } }), deviations: [] }
  const [behaviour, title = ''] = test.split(' > ')
  const [, status, condition] = title.match(/: (\d+)(?: (\S+))?$/) ?? []
  const deviation = known.deviations[test]
  return {
    says: `${title.replace(/, [\w-]+ absent|[\w-]+ absent, /g, '')}.`,
    answer: { status: Number(status), condition },
    ...stated,
    facts: found,
    spec: { file: `specs/${behaviour}.spec.ts`, title },
    deviations: deviation ? [{ test, ...deviation }] : [],
  }
}

/** What facts that agree say; nothing is stated by an open question but the question. */
function statedBy([id]: readonly FactId[]): Pick<Documentation, 'says' | 'answer'> {
  if (!id) return {}
  const { says, answer, class: strength } = facts[id]
  return strength === 'open' ? { says } : { says, answer }
}

const PLACEHOLDER = /%[a-z]|\$\{[^}]*\}|\$\w+/

/** Whether a test is not plainly about another operation. */
function isAbout({ title }: SpecTest, { operation }: Asked): boolean {
  const named: string[] = title.match(/\b[A-Z]\w+Object|\bUploadPartCopy|\bCompleteMultipartUpload/g) ?? []
  return named.length === 0 || named.includes(operation)
}

/** How many of the request's conditions the path of a spec speaks of. */
function conditionsInPath({ file }: SpecTest, { conditions }: Asked): number {
  return namesOf(conditions).filter((name) => {
    const header = name.replace(/^CopySource/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    return file.includes(header.toLowerCase())
  }).length
}

/**
 * How the tests of every combination of the four conditions name the one of a request, up to the answer:
 * `GetObject: If-Match holds, If-None-Match fails, …`. Facts say which condition holds when it stands alone.
 */
function rowOf(asked: Asked): string | undefined {
  const names = namesOf(asked.conditions)
  const isCopy = asked.operation.includes('Copy')
  if (asked.key !== 'object' || names.some((name) => name.startsWith('CopySource') !== isCopy)) return undefined
  const states = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'].map((plain) => {
    const header = plain.replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    const name = (isCopy ? `CopySource${plain}` : plain) as Condition
    if (!names.includes(name)) return `${header} absent`
    const alone = answerAlone(asked, name, asked.conditions[name])
    return alone && `${header} ${alone.status < 300 ? 'holds' : 'fails'}`
  })
  return states.includes(undefined) ? undefined : `${asked.operation}: ${states.join(', ')}: `
}

function deviationsFrom(tests: readonly SpecTest[], { operation }: Asked, known: Known): Documentation['deviations'] {
  const patterns = tests.map(({ file, title }) => {
    const parts = testId(file, title).split(new RegExp(PLACEHOLDER, 'g'))
    return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`)
  })
  return Object.entries(known.deviations)
    .filter(([test]) => patterns.some((pattern) => pattern.test(test)))
    .filter(([, { observed }]) => [observed].flat().some((one) => one.startsWith(`${operation} `)))
    .map(([test, deviation]) => ({ test, ...deviation }))
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
