import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Headers, Request, State } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { type KeyState, keepsNoVersions, snapshot } from '../fixtures/objects'
import { anotherETag } from '../fixtures/values'
import type { Observation } from '../observation'
import { root } from '../paths'
import { checkIn } from '../testing/results'
import { concretizeRow, NOW, OBJECT, SOURCE } from '../testing/symbols'
import { readChecks } from '../verdicts/manifest'
import type { Row } from '../verdicts/meta'
import type { BaselineEntry } from '../verdicts/verdict'
import { type Exchange, link, type RecordedResponse } from '../wire/record'
import { explain, judge, type Knowledge } from './explain'
import { headersOf, type Moment, TAGS, type Tag, textsOf } from './request'
import { STEPS } from './tour'

const checks = readChecks()
const knowledge: Knowledge = { checks, known: {} }
const plain: State = {
  now: NOW,
  bucket: { versioning: 'never', directory: false },
  key: { current: OBJECT },
  source: { current: SOURCE },
}
const free: State = { ...plain, key: {} }
const ask = (operation: Request['operation'], headers: Headers, state = plain, from = knowledge) =>
  explain({ operation, key: 'key', headers }, state, from)

/**
 * Returns what the SDK's `send` would return: a promise that is fulfilled if the status is below 300, and is otherwise
 * rejected.
 */
function sentWith(
  status: number,
  error?: RecordedResponse['error'],
  method = 'GET',
  operation = 'GetObject',
): Promise<unknown> {
  const response = { status, headers: {}, ...(error && { error }) }
  const exchange: Exchange = { by: 'spec', operation, request: { method, path: '/', headers: {} }, response }
  return status < 300 ? Promise.resolve(link({}, exchange)) : Promise.reject(link(new Error(String(status)), exchange))
}

const failure = (Condition: string) => ({ Code: 'PreconditionFailed', Condition })

describe('the spec behind a response', () => {
  test('documents every step of the tour', () => {
    const looked = {
      current: { body: 'text', ETag: OBJECT.etag, modified: OBJECT.lastModified.getTime(), metadata: {} },
      versions: [],
    }
    const undocumented = STEPS.filter(({ operation, conditions, to }) => {
      const headers = headersOf(textsOf(conditions, NOW.getTime(), looked, looked))
      const state = {
        ...(to === 'a new key' || operation === 'CopyObject' ? free : plain),
        source: { current: OBJECT },
      }
      const explanation = ask(operation, headers, state)
      const [spec] = explanation.checks
      return (
        explanation.outcome.kind === 'unknown' || !spec || !existsSync(join(root, `specs/${spec.behaviour}.spec.ts`))
      )
    })

    expect(undocumented).toEqual([])
  })

  test.for(['GetObject', 'HeadObject', 'CopyObject', 'UploadPartCopy'] as const)(
    'is the matching row of the table for every combination of conditions on %s',
    (operation) => {
      const rows = checks.filter(({ row, title }) => row && title.startsWith(`${operation} `))
      const wrong = rows.filter(({ row, answer }) => {
        const { request, state } = concretizeRow(row as Row, operation)
        const [found] = explain(request, state, knowledge).checks
        return JSON.stringify([found?.row, found?.answer]) !== JSON.stringify([row, answer])
      })

      expect(rows.length).toBeGreaterThan(60)
      expect(wrong).toEqual([])
    },
  )

  test('shares a fact with the response', () => {
    const some = [checkIn('read/a', 'about something else', ['R15']), checkIn('read/b', 'about this', ['R03'])]
    const { checks: found } = ask('GetObject', { ifMatch: anotherETag }, plain, { checks: some, known: {} })

    expect(found.map(({ title }) => title)).toEqual(['about this'])
  })

  test('is the one whose path and facts match the request best', () => {
    const some = [checkIn('read/a-412', 'names it', ['R03']), checkIn('read/if-match', 'is 412', ['R03', 'R04'])]
    const [nearest] = ask('GetObject', { ifMatch: anotherETag }, plain, { checks: some, known: {} }).checks

    expect(nearest?.title).toBe('is 412')
  })
})

test('the rules have an outcome for every combination of values', () => {
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

describe('a response', () => {
  const one = checkIn('read/if-match-is-412', 'GetObject', ['R03'])
  const unchanged: KeyState = { current: 'nothing', versions: [] }
  const judgementOf = async (
    sent: Promise<unknown>,
    observed?: Observation[],
    operation: Request['operation'] = 'GetObject',
  ) => {
    const pin: BaselineEntry | undefined = observed && { verdict: 'known deviation', observed, why: 'for this test' }
    const from = { checks: [one], known: pin ? { [one.id]: pin } : {} }
    return (await judge(sent, ask(operation, { ifMatch: anotherETag }, plain, from), from, unchanged)).judgement
  }
  const returned200: Observation = { kind: 'response', operation: 'GetObject', status: 200 }

  test('is as expected if status, code and Condition are those of Amazon S3', async () => {
    expect(await judgementOf(sentWith(412, failure('If-Match')))).toBe('as expected')
    expect(await judgementOf(sentWith(412, failure('If-None-Match')))).toBe('unexpected')
    expect(await judgementOf(sentWith(412))).toBe('unexpected')
    expect(await judgementOf(sentWith(200))).toBe('unexpected')
  })

  test('to HEAD, which has no body, is judged by its status', async () => {
    const head = (status: number) => sentWith(status, undefined, 'HEAD', 'HeadObject')

    expect(await judgementOf(head(412), undefined, 'HeadObject')).toBe('as expected')
    expect(await judgementOf(head(404), undefined, 'HeadObject')).toBe('unexpected')
  })

  test('is a known deviation if the baseline contains it, whatever else the check observed', async () => {
    expect(await judgementOf(sentWith(200), [returned200])).toBe('known deviation')
    expect(await judgementOf(sentWith(200), [returned200, { kind: 'object', holds: 'other bytes' }])).toBe(
      'known deviation',
    )
    expect(await judgementOf(sentWith(304), [returned200])).toBe('unexpected')
  })

  test('without Condition is not a known deviation of a store whose baseline has a different Condition', async () => {
    const without = { Code: 'PreconditionFailed' }
    const pinned: Observation = { kind: 'response', operation: 'GetObject', status: 412, code: 'PreconditionFailed' }
    const missing: Observation = { kind: 'element', operation: 'GetObject', name: 'Condition', is: 'missing' }

    expect(await judgementOf(sentWith(412, without), [pinned, missing])).toBe('known deviation')
    expect(await judgementOf(sentWith(412, without), [{ ...pinned, condition: 'If-Range' }])).toBe('unexpected')
  })

  test('is not judged if it is transient, or if the response of Amazon S3 is not known', async () => {
    const empty = ask('GetObject', { ifMatch: '' })

    expect(await judgementOf(sentWith(503))).toBe('no response')
    expect((await judge(sentWith(200), empty, knowledge, unchanged)).judgement).toBe('not known')
  })
})

describe('a write that fails', () => {
  const address = { Bucket: keepsNoVersions('bucket'), Key: 'key' }
  const clientOf = (body: () => string) =>
    ({ send: async () => ({ Body: { transformToString: async () => body() }, ETag: '"tag"' }) }) as unknown as S3Client
  const one = checkIn('write/if-none-match', 'PutObject', ['P02'])
  const conflict = { Code: 'PreconditionFailed', Condition: 'If-None-Match' }
  const fails = async (before: KeyState, observed: Observation[] = []) => {
    const from = {
      checks: [one],
      known: { [one.id]: { verdict: 'known deviation', observed, why: 'for this test' } satisfies BaselineEntry },
    }
    const sent = sentWith(412, conflict, 'PUT', 'PutObject')
    return (await judge(sent, ask('PutObject', { ifNoneMatch: '*' }, plain, from), from, before)).judgement
  }
  const fields = { status: 412, code: 'PreconditionFailed', condition: 'If-None-Match' }
  const response: Observation = { kind: 'response', operation: 'PutObject', ...fields }

  test('is as expected only if the key is unchanged, and a known deviation if the baseline contains the change', async () => {
    let body = 'first'
    const before = await snapshot(
      clientOf(() => body),
      address,
    )

    expect(await fails(before)).toBe('as expected')
    body = 'second'
    expect(await fails(before)).toBe('unexpected')
    expect(await fails(before, [response, { kind: 'object', changed: 'bytes' }])).toBe('known deviation')
    expect(await fails(before, [response, { kind: 'object', changed: 'etag' }])).toBe('unexpected')
  })
})

test('the values of conditions become headers', () => {
  const modified = Date.UTC(2026, 10, 25, 10, 11, 12)
  const state = { current: { body: '', ETag: '"tag"', modified, metadata: {} }, versions: [] }
  const nothing = { current: 'nothing', versions: [] } as const
  const tag = (value: Tag) => textsOf({ IfMatch: value }, 0, state).IfMatch
  const date = (value: Moment) => textsOf({ IfModifiedSince: value }, modified, state).IfModifiedSince

  expect(tag('unquoted current')).toBe('tag')
  expect(tag('list that contains the current ETag')).toBe(`${anotherETag}, "tag"`)
  expect(tag('weak form of the current ETag')).toBe('W/"tag"')
  expect(date('before')).toBe('Wed, 25 Nov 2026 10:11:11 GMT')
  expect(date('a day ahead')).toBe('Thu, 26 Nov 2026 10:11:12 GMT')
  expect(textsOf({ CopySourceIfMatch: 'current', IfMatch: '*' }, 0, nothing, state)).toEqual({
    CopySourceIfMatch: '"tag"',
    IfMatch: '*',
  })
  expect(headersOf({ CopySourceIfMatch: 'a', IfMatch: 'b' })).toEqual({ copySourceIfMatch: 'a', ifMatch: 'b' })
})
