import { expect, test } from 'vitest'
import {
  CLASSES,
  casesOf,
  type FactResponse,
  factIds,
  factOf,
  isFactId,
  mustBeAsserted,
  sources,
  strengthOf,
} from './catalogue'
import { questions } from './open-questions'

/** The day on which the catalogue was last reviewed. */
const today = '2026-11-30'
const all = factIds.map((id) => ({ id, ...factOf(id) }))
const cases = factIds.flatMap((id) => casesOf(id).map((one) => ({ id, says: factOf(id).says, ...one })))

/** The ids of facts about concurrent requests. Such a fact cannot be expressed as one request and its response. */
const concurrent: readonly string[] = ['D13', 'P23', 'P24', 'P26', 'X16']

function isPastDay(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date && date <= today
}

test('The ids are consecutive for each letter, except S31, which was never used', () => {
  const perLetter = { R: 67, C: 37, D: 18, P: 45, M: 31, X: 33, E: 27, A: 17, S: 40, V: 4, K: 6 }
  const ids = Object.entries(perLetter)
    .flatMap(([letter, count]) => Array.from({ length: count }, (_, n) => `${letter}${String(n + 1).padStart(2, '0')}`))
    .filter((id) => id !== 'S31')

  expect(ids).toHaveLength(324)
  expect(factIds).toEqual(ids)
})

test('Every fact is one sentence', () => {
  expect(all.filter(({ says }) => !/^[A-Z][^\n]*\.$/.test(says) || /[.!?] [A-Z]/.test(says))).toEqual([])
})

test('No two facts have the same sentence', () => {
  expect(new Set(all.map(({ says }) => says)).size).toBe(all.length)
})

test('Every note and every unassertable reason is a sentence', () => {
  const texts = all.flatMap(({ note = [], unassertable = [] }) => [note, unassertable].flat())

  expect(texts.filter((text) => !/^[^\n]+\.$/.test(text))).toEqual([])
})

test('Every fact has a date in the past, and a source unless it is open', () => {
  expect(all.filter((fact) => fact.sources.length === 0 && fact.class !== 'open')).toEqual([])
  expect(all.filter(({ date }) => !isPastDay(date))).toEqual([])
})

test('Every source has a title, an https link and a date in the past, and is used by a fact, except DOC-R', () => {
  const used = new Set(all.flatMap((fact) => fact.sources.map(({ from }) => from)))
  const wrong = Object.entries(sources).filter(
    ([, { title, link, date }]) => !title || new URL(link).protocol !== 'https:' || !isPastDay(date),
  )

  expect(wrong).toEqual([])
  expect(Object.keys(sources).filter((key) => !(used as Set<string>).has(key))).toEqual(['DOC-R'])
})

test('An open fact has no response, and an open or claimed fact need not be asserted', () => {
  expect(all.filter((fact) => fact.class === 'open' && casesOf(fact.id).length > 0)).toEqual([])
  expect(all.filter((fact) => fact.class === 'open' && fact.unassertable)).toEqual([])
  expect(all.filter((fact) => ['claimed', 'open'].includes(fact.class) && mustBeAsserted(fact.id))).toEqual([])
  expect(mustBeAsserted('P01')).toBe(true)
  expect(mustBeAsserted('P34')).toBe(false)
})

test('A fact whose sources are all outside AWS is at most claimed', () => {
  const strength = Object.keys(CLASSES)
  const outsideAws: readonly string[] = [
    ...['LS-CODE', 'VGW-T', 'VGW-1508', 'VGW-1727', 'CEPH', 'CEPH-71584', 'OZONE', 'ARSENAL', 'MINISTACK', 'RFC'],
  ]
  const wrong = all.filter(
    (fact) =>
      strength.indexOf(fact.class) < strength.indexOf('claimed') &&
      fact.sources.every(({ from }) => outsideAws.includes(from)),
  )

  expect(wrong).toEqual([])
})

test('A recorded fact has a source with recordings, and a note if the date of its last run is unknown', () => {
  const recorders: readonly string[] = ['LS-API', 'LS-S3', 'LS-PRE', 'MOTO', 'S3M', 'MP', 'SCAL', 'HADOOP']
  const undated: readonly string[] = ['SCAL', 'HADOOP', 'VGW', 'CEPH', 'RFC']
  const recorded = all.filter((fact) => fact.class === 'recorded')

  expect(recorded.filter((fact) => !fact.sources.some(({ from }) => recorders.includes(from)))).toEqual([])
  expect(recorded.filter((fact) => !fact.note && fact.sources.every(({ from }) => undated.includes(from)))).toEqual([])
})

test('A fact has a request and its response, or cases, or neither', () => {
  expect(all.filter(({ when, response }) => !response !== !when)).toEqual([])
  expect(all.filter(({ when, cases }) => when && cases)).toEqual([])
  expect(all.filter(({ cases }) => cases && cases.length === 0)).toEqual([])
})

test('Every fact whose sentence describes one request contains that request as data', () => {
  const stated = new Set(cases.map(({ id }) => id))
  const begins =
    /^(A read|GetObject|HeadObject|CopyObject|UploadPartCopy|PutObject|CompleteMultipart\S+|DeleteObjects?|RenameObject|An append)\b.* (returns|fails with) \d{3}\b/
  const missing = all.filter((fact) => begins.test(fact.says) && fact.class !== 'open' && !stated.has(fact.id))

  expect(missing.map(({ id }) => id)).toEqual(concurrent)
})

test('A response has a code only if it has a body, and its elements match its status', () => {
  const named: Record<number, RegExp> = {
    200: /^(PreconditionFailed|412 Precondition Failed|NoSuchVersion)$/,
    400: /^(InvalidRequest|InvalidArgument|InvalidWriteOffset|BadDigest|MalformedXML|IdempotencyParameterMismatch)$/,
    403: /^(AccessDenied|SignatureDoesNotMatch)$/,
    404: /^(NoSuchKey|NoSuchUpload)$/,
    405: /^MethodNotAllowed$/,
    409: /^ConditionalRequestConflict$/,
    412: /^PreconditionFailed$/,
    416: /^(InvalidRange|InvalidPartNumber)$/,
    501: /^NotImplemented$/,
  }
  const wrong = cases.filter(({ when, response: { status, code, condition, header, entry } }) => {
    const hasBody = status >= 400 && when.operations.some((operation) => operation !== 'HeadObject')
    return (
      (code && !hasBody && entry !== 'Errors') ||
      (code && !named[status]?.test(code)) ||
      (condition && status !== 412 && status !== 409) ||
      (header && status !== 501)
    )
  })

  expect(wrong).toEqual([])
})

test('Only a 200 response to DeleteObjects has an entry, which has a Code if it is listed under Errors', () => {
  const wrong = cases.filter(({ when, response: { status, entry, code } }) => {
    const lists = when.operations.includes('DeleteObjects') && status === 200
    return lists !== (entry !== undefined) || (entry !== undefined && (entry === 'Errors') !== (code !== undefined))
  })

  expect(wrong).toEqual([])
})

test('Every Condition names a header of the request', () => {
  const sent = (condition: string) => condition.replace(/^x-amz-copy-source-/, 'CopySource').replaceAll('-', '')
  const wrong = cases.filter(({ when, response: { condition } }) => {
    const names = Object.keys(when).map((name) => name.replace(/^Source/, ''))
    return condition !== undefined && !names.includes(sent(condition))
  })

  expect(wrong).toEqual([])
})

test('Every sentence contains each value of its response', () => {
  const wrong = cases.filter(({ says, response }) =>
    Object.values(response).some((part) => !says.includes(String(part))),
  )

  expect(wrong.map(({ id, says, response }) => ({ id, says, response }))).toEqual([])
})

test('No two facts have different responses to the same request', () => {
  const described = cases.flatMap(({ id, when: { operations, key, ...rest }, response }) => {
    const members = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))
    return operations.map((operation) => ({ id, key, response, request: JSON.stringify([operation, members]) }))
  })
  const contradict = (one: FactResponse, other: FactResponse) =>
    (Object.keys(one) as (keyof FactResponse)[]).some((part) => other[part] !== undefined && other[part] !== one[part])
  const contradictions = described.flatMap((one) =>
    described.filter(
      (other) =>
        other.request === one.request &&
        (other.key === undefined || one.key === undefined || other.key === one.key) &&
        contradict(one.response, other.response),
    ),
  )

  expect(contradictions).toEqual([])
})

test('Every id in a note exists', () => {
  const texts = all.flatMap(({ note = '', unassertable = '' }) => `${note} ${unassertable}`)
  const named = texts.flatMap((text) => text.match(/\b(?:[A-Z]\d\d|O\d)\b/g) ?? [])

  expect(named.filter((id) => !isFactId(id) && !(id in questions))).toEqual([])
})

test('The 27 questions are sentences, and none lists a fact twice', () => {
  const list = Object.entries(questions)

  expect(list.map(([id]) => id)).toEqual(Array.from({ length: 27 }, (_, n) => `O${n + 1}`))
  expect(list.filter(([, { asks }]) => !/^[A-Z].*\?$/.test(asks))).toEqual([])
  expect(list.filter(([, { known, handling }]) => !/\.$/.test(known) || !/\.$/.test(handling))).toEqual([])
  expect(list.filter(([, { facts: concerned }]) => new Set(concerned).size !== concerned.length)).toEqual([])
})

test('A response is as strong as its weakest step, and a step as strong as its strongest fact', () => {
  expect(strengthOf([{ facts: ['R01'] }, { facts: ['R35', 'R06'] }])).toBe('recorded')
  expect(strengthOf([{ facts: ['R01'] }, { facts: ['R35'] }])).toBe('claimed')
  expect(strengthOf([{ facts: [] }, { facts: ['R14'] }])).toBe('open')
  expect(strengthOf([])).toBeUndefined()
})
