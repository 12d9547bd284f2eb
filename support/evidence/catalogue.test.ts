import { expect, test } from 'vitest'
import { CLASSES, factIds, facts, isFactId, mustBeAsserted, sources } from './catalogue'
import { notEncodedYet } from './not-encoded-yet'
import { questions } from './open-questions'

/** The day on which the catalogue was last looked through. */
const today = '2026-11-24'
const all = factIds.map((id) => ({ id, ...facts[id] }))

function isPastDay(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date && date <= today
}

test('the ids are those that were given out, without a gap', () => {
  const perLetter = { R: 63, C: 35, D: 17, P: 34, M: 26, X: 28, E: 20, A: 14, S: 29 }
  const ids = Object.entries(perLetter).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, n) => `${letter}${String(n + 1).padStart(2, '0')}`),
  )

  expect(ids).toHaveLength(266)
  expect(factIds).toEqual(ids)
})

test('every fact is one sentence', () => {
  expect(all.filter(({ says }) => !/^[A-Z][^\n]*\.$/.test(says) || /[.!?] [A-Z]/.test(says))).toEqual([])
})

test('no two facts say the same', () => {
  expect(new Set(all.map(({ says }) => says)).size).toBe(all.length)
})

test('notes and reasons are sentences', () => {
  const texts = all.flatMap(({ note = [], unassertable = [] }) => [note, unassertable].flat())

  expect(texts.filter((text) => !/^[^\n]+\.$/.test(text))).toEqual([])
})

test('every fact has a source of which the date is known, unless it is open', () => {
  expect(all.filter((fact) => fact.sources.length === 0 && fact.class !== 'open')).toEqual([])
  expect(all.filter(({ date }) => !isPastDay(date))).toEqual([])
})

test('every source has a title, a link that can be followed and a date, and is used', () => {
  const used = new Set(all.flatMap((fact) => fact.sources.map(({ from }) => from)))
  const wrong = Object.entries(sources).filter(
    ([, { title, link, date }]) => !title || new URL(link).protocol !== 'https:' || !isPastDay(date),
  )

  expect(wrong).toEqual([])
  expect(Object.keys(sources).filter((key) => !(used as Set<string>).has(key))).toEqual(['DOC-R'])
})

test('what is open has no answer, and what is claimed or open does not have to be asserted', () => {
  expect(all.filter((fact) => fact.class === 'open' && fact.answer)).toEqual([])
  expect(all.filter((fact) => fact.class === 'open' && fact.unassertable)).toEqual([])
  expect(all.filter((fact) => ['claimed', 'open'].includes(fact.class) && mustBeAsserted(fact.id))).toEqual([])
  expect(mustBeAsserted('P01')).toBe(true)
  expect(mustBeAsserted('P34')).toBe(false)
})

test('the class is the strongest that a source of the fact can give', () => {
  const strength = Object.keys(CLASSES)
  const notOfAws: readonly string[] = ['LS-CODE', 'VGW-T', 'VGW-1508', 'CEPH', 'OZONE', 'ARSENAL', 'MINISTACK', 'RFC']
  const wrong = all.filter(
    (fact) =>
      strength.indexOf(fact.class) < strength.indexOf('claimed') &&
      fact.sources.every(({ from }) => notOfAws.includes(from)),
  )

  expect(wrong).toEqual([])
})

test('a recording has a recorder, and the age of those whose last run is unknown is noted', () => {
  const recorders: readonly string[] = ['LS-API', 'LS-S3', 'LS-PRE', 'MOTO', 'S3M', 'MP', 'SCAL', 'HADOOP']
  const undated: readonly string[] = ['SCAL', 'HADOOP', 'VGW', 'CEPH', 'RFC']
  const recorded = all.filter((fact) => fact.class === 'recorded')

  expect(recorded.filter((fact) => !fact.sources.some(({ from }) => recorders.includes(from)))).toEqual([])
  expect(recorded.filter((fact) => !fact.note && fact.sources.every(({ from }) => undated.includes(from)))).toEqual([])
})

test('a fact has an answer exactly when it is about one request', () => {
  expect(all.filter(({ when, answer }) => !answer !== !when)).toEqual([])
})

test('an answer names a code only where there is a body, and what it names agrees with the status', () => {
  const wrong = all.filter(({ when, answer }) => {
    if (!answer) return false
    const { status, code, condition, header } = answer
    const hasBody = status >= 400 && when?.operations.some((operation) => operation !== 'HeadObject')
    const named = {
      404: 'NoSuchKey',
      409: 'ConditionalRequestConflict',
      412: 'PreconditionFailed',
      501: 'NotImplemented',
    }
    return (
      (code && !hasBody) ||
      (code && code !== named[status as keyof typeof named]) ||
      (condition && status !== 412 && status !== 409) ||
      (header && status !== 501)
    )
  })

  expect(wrong).toEqual([])
})

test('the sentence says what the answer says', () => {
  const wrong = all.filter(({ says, answer }) => {
    const { status = '', code = '', condition = '', header = '' } = answer ?? {}
    return [String(status), code, condition, header].some((part) => !says.includes(part))
  })

  expect(wrong.map(({ id, says, answer }) => ({ id, says, answer }))).toEqual([])
})

test('no two facts give different answers to the same request', () => {
  const described = all.flatMap(({ id, when, answer }) => {
    const { operations = [], key, ...conditions } = when ?? {}
    return operations.map((operation) => ({ id, key, answer, request: JSON.stringify({ operation, ...conditions }) }))
  })
  const contradictions = described.flatMap((one) =>
    described.filter(
      (other) =>
        other.request === one.request &&
        (other.key === undefined || one.key === undefined || other.key === one.key) &&
        JSON.stringify(other.answer) !== JSON.stringify(one.answer),
    ),
  )

  expect(contradictions).toEqual([])
})

test('ids that notes refer to exist', () => {
  const texts = all.flatMap(({ note = '', unassertable = '' }) => `${note} ${unassertable}`)
  const named = texts.flatMap((text) => text.match(/\b(?:[A-Z]\d\d|O\d)\b/g) ?? [])

  expect(named.filter((id) => !isFactId(id) && !(id in questions))).toEqual([])
})

test('the questions are eighteen, in sentences, each about facts', () => {
  const list = Object.entries(questions)

  expect(list.map(([id]) => id)).toEqual(Array.from({ length: 18 }, (_, n) => `O${n + 1}`))
  expect(list.filter(([, { asks }]) => !/^[A-Z].*\?$/.test(asks))).toEqual([])
  expect(list.filter(([, { known, handling }]) => !/\.$/.test(known) || !/\.$/.test(handling))).toEqual([])
  expect(list.filter(([, { facts: concerned }]) => new Set(concerned).size !== concerned.length)).toEqual([])
})

test('what is not encoded yet has to be asserted, in the order of the catalogue and once', () => {
  expect(notEncodedYet).toEqual(factIds.filter((id) => notEncodedYet.includes(id) && mustBeAsserted(id)))
})
