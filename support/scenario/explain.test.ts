import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Check, readChecks } from '../catalogue/checks'
import type { FactId } from '../evidence/catalogue'
import type { Exchange } from '../exchange/record'
import { root } from '../paths'
import type { Headers, Request, State } from '../rules/rules'
import { NOW, OBJECT, SOURCE } from '../rules/symbols'
import { explain, isAnswer, judge, type Knowledge } from './explain'
import { headersOf, type Moment, TAGS, type Tag, textsOf } from './request'
import { STEPS } from './tour'

const checks = readChecks()
const knowledge: Knowledge = { checks, known: {} }
const other = '"00000000000000000000000000000000"'
const plain: State = {
  now: NOW,
  bucket: { versioning: 'never', directory: false },
  key: { current: OBJECT },
  source: { current: SOURCE },
}
const free: State = { ...plain, key: {} }
const ask = (operation: Request['operation'], headers: Headers, state = plain, from = knowledge) =>
  explain({ operation, key: 'key', headers }, state, from)

const check = (behaviour: string, title: string, facts: FactId[], answer?: string): Check => ({
  id: `${behaviour}/${title}`,
  behaviour,
  title,
  describe: 'A behaviour',
  facts,
  needs: [],
  docs: 'conditional-reads',
  ...(answer && { answer }),
})

function answered(status: number, body = '', method = 'GET', operation = 'GetObject'): Exchange {
  return { by: 'spec', operation, request: { method, path: '/', headers: {} }, response: { status, headers: {}, body } }
}

const refusal = (condition: string) =>
  `<Error><Code>PreconditionFailed</Code><Condition>${condition}</Condition></Error>`

describe('the spec behind an answer', () => {
  test('documents every step of the tour', () => {
    const looked = {
      current: { body: 'text', ETag: OBJECT.etag, modified: OBJECT.lastModified.getTime(), metadata: {} },
      versions: [],
    }
    const undocumented = STEPS.filter(({ operation, conditions, to }) => {
      const headers = headersOf(textsOf(conditions, NOW.getTime(), looked, looked))
      const state = {
        ...(to === 'a free key' || operation === 'CopyObject' ? free : plain),
        source: { current: OBJECT },
      }
      const explanation = ask(operation, headers, state)
      const [spec] = explanation.checks
      return (
        explanation.outcome.kind === 'not known' || !spec || !existsSync(join(root, `specs/${spec.behaviour}.spec.ts`))
      )
    })

    expect(undocumented).toEqual([])
  })

  test('is the row of the table for every combination', () => {
    const rows = checks.filter(({ answer }) => answer !== undefined)
    const wrong = rows.filter(({ id, title, answer: says = '' }) => {
      const [operation, states = ''] = title.split(': ') as [Request['operation'], string]
      const isCopy = operation.includes('Copy')
      const object = isCopy ? SOURCE : OBJECT
      const at = (seconds: number) => new Date(object.lastModified.getTime() + seconds * 1000).toUTCString()
      const values: Record<string, string> = {
        'If-Match holds': object.etag,
        'If-Match fails': other,
        'If-None-Match holds': other,
        'If-None-Match fails': object.etag,
        'If-Modified-Since holds': at(-1),
        'If-Modified-Since fails': at(0),
        'If-Unmodified-Since holds': at(0),
        'If-Unmodified-Since fails': at(-1),
      }
      const sent = states.split(', ').filter((state) => values[state])
      if (sent.length < 2) return false
      const headers = Object.fromEntries(
        sent.map((state) => {
          const name = (state.split(' ')[0] ?? '').replaceAll('-', '')
          return [isCopy ? `copySource${name}` : name.replace('If', 'if'), values[state]]
        }),
      )
      const { checks: found, outcome } = ask(operation, headers)
      const status = outcome.kind === 'accepted' ? outcome.status : outcome.kind === 'refused' && outcome.error.status
      return found[0]?.id !== id || String(status) !== says.split(' ')[0]
    })

    expect(rows.length).toBeGreaterThan(300)
    expect(wrong.map(({ title }) => title)).toEqual([])
  })

  test('shares a fact, and is about no other operation', () => {
    const others = [check('read/a', 'HeadObject answers', ['R03']), check('read/b', 'GetObject answers', ['R03'])]
    const found = (operation: 'GetObject' | 'HeadObject') =>
      ask(operation, { ifMatch: other }, plain, { checks: others, known: {} }).checks.map(({ title }) => title)

    expect(found('HeadObject')).toEqual(['HeadObject answers'])
    expect(found('GetObject')).toEqual(['GetObject answers'])
  })

  test('is the nearest: by the condition in its path, and by the facts', () => {
    const some = [check('read/a-412', 'names it', ['R03']), check('read/if-match', 'is 412', ['R03', 'R04'])]
    const [nearest] = ask('GetObject', { ifMatch: other }, plain, { checks: some, known: {} }).checks

    expect(nearest?.title).toBe('is 412')
  })
})

test('every combination that a person can put together is answered, or said not to be known', () => {
  const texts = [undefined, '', 'typed, by hand', ...Object.values(TAGS).map(([, text]) => text(OBJECT.etag))]
  const dates = [undefined, '2026-11-25', NOW.toUTCString(), new Date(0).toUTCString()]
  for (const ifMatch of texts)
    for (const ifNoneMatch of texts)
      for (const date of dates) {
        const given = Object.entries({ ifMatch, ifNoneMatch, ifModifiedSince: date, ifUnmodifiedSince: date })
        const headers = Object.fromEntries(given.filter(([, value]) => value !== undefined))
        const { outcome } = ask('GetObject', headers)
        expect(outcome.steps.length, JSON.stringify(headers)).toBeGreaterThan(0)
      }
})

describe('an answer', () => {
  const behaviour = 'read/if-match-is-412'
  const one = check(behaviour, 'GetObject', ['R03'])
  const judged = (exchange: Exchange, observed?: string | string[], changed?: string) => {
    const known = observed ? { [one.id]: { observed, why: 'for this test' } } : {}
    const from = { checks: [one], known }
    return judge(exchange, ask('GetObject', { ifMatch: other }, plain, from), from, changed).judgement
  }

  test('is as expected when status, code and Condition are those of Amazon S3', () => {
    expect(judged(answered(412, refusal('If-Match')))).toBe('as expected')
    expect(judged(answered(412, refusal('If-None-Match')))).toBe('unexpected')
    expect(judged(answered(412))).toBe('unexpected')
    expect(judged(answered(200))).toBe('unexpected')
    expect(judged(answered(412, refusal('If-Match')), undefined, 'its bytes changed')).toBe('unexpected')
  })

  test('to HEAD, which has no body, is judged by its status', () => {
    const { outcome } = ask('HeadObject', { ifMatch: other })
    if (outcome.kind !== 'refused') throw new Error('it is refused')

    expect(isAnswer(answered(412, '', 'HEAD', 'HeadObject'), outcome)).toBe(true)
    expect(isAnswer(answered(404, '', 'HEAD', 'HeadObject'), outcome)).toBe(false)
  })

  test('is a known deviation when it is what was recorded, whatever else the check saw', () => {
    expect(judged(answered(200), 'GetObject accepted with 200')).toBe('known deviation')
    expect(judged(answered(200), 'GetObject accepted with 200; it holds other bytes')).toBe('known deviation')
    expect(judged(answered(200), ['holds', 'GetObject accepted with 200'])).toBe('known deviation')
    expect(judged(answered(304), 'GetObject accepted with 200')).toBe('unexpected')
  })

  test('without the Condition is no known deviation of a store that was recorded with another one', () => {
    const without = '<Error><Code>PreconditionFailed</Code></Error>'
    const pinned = 'GetObject answered 412 PreconditionFailed'

    expect(judged(answered(412, without), `${pinned}, no Condition`)).toBe('known deviation')
    expect(judged(answered(412, without), `${pinned} (Condition: If-Range)`)).toBe('unexpected')
  })

  test('behind which something changed is known when that was recorded, too', () => {
    const pinned = 'GetObject answered 412 PreconditionFailed (Condition: If-Match); its bytes changed'
    const exchange = answered(412, refusal('If-Match'))

    expect(judged(exchange, pinned, 'its bytes changed')).toBe('known deviation')
    expect(judged(exchange, pinned, 'its entity tag changed')).toBe('unexpected')
  })

  test('that says nothing about the store is none, and one that nobody knows is not judged', () => {
    const empty = ask('GetObject', { ifMatch: '' })

    expect(judged(answered(503))).toBe('no answer')
    expect(judge(answered(200), empty, knowledge).judgement).toBe('not known')
  })
})

test('symbols become what is sent, and what is typed stays as it is', () => {
  const modified = Date.UTC(2026, 10, 25, 10, 11, 12)
  const state = { current: { body: '', ETag: '"tag"', modified, metadata: {} }, versions: [] }
  const nothing = { current: 'nothing', versions: [] } as const
  const tag = (value: Tag) => textsOf({ IfMatch: value }, 0, state).IfMatch
  const date = (value: Moment) => textsOf({ IfModifiedSince: value }, modified, state).IfModifiedSince

  expect(tag('unquoted current')).toBe('tag')
  expect(tag('list with the current')).toBe(`${other}, "tag"`)
  expect(tag('weak current')).toBe('W/"tag"')
  expect(date('before')).toBe('Wed, 25 Nov 2026 10:11:11 GMT')
  expect(date('a day ahead')).toBe('Thu, 26 Nov 2026 10:11:12 GMT')
  expect(textsOf({ CopySourceIfMatch: 'current', IfMatch: { typed: ' as it is ' } }, 0, nothing, state)).toEqual({
    CopySourceIfMatch: '"tag"',
    IfMatch: ' as it is ',
  })
  expect(headersOf({ CopySourceIfMatch: 'a', IfMatch: 'b' })).toEqual({ copySourceIfMatch: 'a', ifMatch: 'b' })
})
