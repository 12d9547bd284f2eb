import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate, matchTags, matchWhole, type Request, readDate, type State } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { root } from '../paths'
import { NOW, OBJECT, POLICIES, SOURCE } from './symbols'

const state: State = {
  now: NOW,
  bucket: { versioning: 'never', directory: false },
  key: { current: OBJECT },
  source: { current: SOURCE },
}
const versioned: State = { ...state, bucket: { versioning: 'enabled', directory: false } }
const free: State = { ...state, key: {} }

function request(
  operation: Request['operation'],
  headers: Request['headers'] = {},
  more: Partial<Request> = {},
): Request {
  return { operation, key: 'key', headers, ...more }
}

describe('the effect of a success', () => {
  test.for([
    ['a write', request('PutObject', { ifMatch: OBJECT.etag }), state, 'written'],
    ['a copy', request('CopyObject', { copySourceIfMatch: SOURCE.etag }), free, 'written'],
    ['a part', request('UploadPartCopy', { copySourceIfMatch: SOURCE.etag }), state, 'part stored'],
    ['a delete', request('DeleteObject', { ifMatch: OBJECT.etag }), state, 'deleted'],
    ['a delete in a versioned bucket', request('DeleteObject', { ifMatch: '*' }), versioned, 'delete marker made'],
    ['a delete of a version', request('DeleteObject', {}, { versionId: 'v2' }), versioned, 'deleted'],
    ['a read', request('GetObject', { ifMatch: OBJECT.etag }), state, 'unchanged'],
  ] as const)('%s', ([, request, state, effect]) => {
    expect(evaluate(request, state)).toMatchObject({ kind: 'success', effect })
  })
})

describe('a 304', () => {
  test('has an ETag and a Last-Modified', () => {
    expect(evaluate(request('GetObject', { ifNoneMatch: OBJECT.etag }), state)).toMatchObject({
      error: {
        status: 304,
        headers: { ETag: OBJECT.etag, 'Last-Modified': 'Wed, 25 Nov 2026 10:10:12 GMT' },
      },
    })
  })
})

describe('dates are compared in whole seconds', () => {
  const at = (seconds: number) => new Date(OBJECT.lastModified.getTime() + seconds * 1000).toUTCString()

  test.for([
    [-1, { status: 200 }, { error: { status: 412 } }],
    [0, { error: { status: 304 } }, { status: 200 }],
    [1, { error: { status: 304 } }, { status: 200 }],
  ] as const)('%i seconds from Last-Modified', ([seconds, modified, unmodified]) => {
    expect(evaluate(request('GetObject', { ifModifiedSince: at(seconds) }), state)).toMatchObject(modified)
    expect(evaluate(request('GetObject', { ifUnmodifiedSince: at(seconds) }), state)).toMatchObject(unmodified)
  })
})

describe('a date condition', () => {
  test('is evaluated for the current second, which is not in the future', () => {
    const now = { ifModifiedSince: NOW.toUTCString() }

    expect(evaluate(request('GetObject', now), state)).toMatchObject({ error: { status: 304 } })
  })
})

describe('a range', () => {
  test.for([
    ['bytes=0-', { status: 206 }],
    ['bytes=3-3', { status: 206 }],
    ['bytes=4-', { error: { status: 416, elements: { RangeRequested: 'bytes=4-', ActualObjectSize: '4' } } }],
    ['bytes=-1', { status: 206 }],
    ['bytes=-0', { error: { status: 416 } }],
    ['lines=1-2', { kind: 'unknown', expected: { status: 200 } }],
  ] as const)('%s of four bytes', ([range, expected]) => {
    expect(evaluate(request('GetObject', { range }), state)).toMatchObject(expected)
  })
})

describe('values', () => {
  test('reads accept lists and ETags without quotes, and writes compare the whole value', () => {
    expect(matchTags('"a", "b"', '"b"')).toEqual({ form: 'list', matches: true, impossible: false })
    expect(matchTags('b', '"b"')).toEqual({ form: 'unquoted', matches: true, impossible: false })
    expect(matchTags('"a", *', '"b"').matches).toBe(true)
    expect(matchWhole('"a", "b"', '"b"').matches).toBe(false)
    expect(matchWhole('b"', '"b"')).toEqual({ form: 'unquoted', matches: true })
    expect(matchWhole('*', '"b"').matches).toBe(false)
  })

  test('a date is an HTTP date, or its form is reported', () => {
    expect(readDate('Wed, 25 Nov 2026 10:11:12 GMT')).toEqual({
      form: 'date',
      seconds: Date.UTC(2026, 10, 25, 10, 11, 12) / 1000,
    })
    expect(readDate('2026-11-25T10:11:12.345Z').form).toBe('ISO 8601')
    expect(readDate('Sunday, 06-Nov-94 08:49:37 GMT').form).toBe('obsolete')
    expect(readDate('Sun Nov  6 08:49:37 1994').form).toBe('obsolete')
    for (const text of [
      '',
      'Fri, 02 Jun 2023 12:00:00.123 GMT',
      'Wed, 25 Nov 2026 10:11:12 +0000',
      'Wed, 45 Nov 2026 10:11:12 GMT',
      'undefined, NaN undefined NaN NaN:NaN:NaN GMT',
    ]) {
      expect(readDate(text).form, text).toBe('malformed')
    }
  })
})

describe('a policy', () => {
  const under = (policy: keyof typeof POLICIES, rest: Partial<State> = {}): State => ({
    ...free,
    ...rest,
    bucket: { ...state.bucket, policy: POLICIES[policy] },
  })
  const denied = { kind: 'failure', error: { status: 403, code: 'AccessDenied' } }

  test('denies a write without the header, and allows one with it', () => {
    const requiring = under('requires If-None-Match')

    expect(evaluate(request('PutObject'), requiring)).toMatchObject(denied)
    expect(evaluate(request('CopyObject'), requiring)).toMatchObject(denied)
    expect(evaluate(request('CompleteMultipartUpload', {}), requiring)).toMatchObject(denied)
    expect(evaluate(request('PutObject', { ifNoneMatch: '*' }), requiring)).toMatchObject({ status: 200 })
  })

  test('does not apply to parts, which create no object', () => {
    expect(evaluate(request('CreateMultipartUpload'), under('requires If-None-Match'))).toMatchObject({
      kind: 'success',
    })
    expect(evaluate(request('UploadPart'), under('requires If-None-Match'))).toMatchObject({ kind: 'success' })
    expect(evaluate(request('UploadPartCopy'), under('requires If-None-Match'))).toMatchObject({ kind: 'success' })
  })

  test('applies to a delete, and not to a delete by version id, whose action has no condition key', () => {
    const requiring = under('requires If-Match', { key: { current: OBJECT } })

    expect(evaluate(request('DeleteObject'), requiring)).toMatchObject(denied)
    expect(evaluate(request('DeleteObject', { ifMatch: OBJECT.etag }), requiring)).toMatchObject({ status: 204 })
    expect(evaluate(request('DeleteObject', {}, { versionId: 'v2' }), requiring)).toMatchObject({ status: 204 })
  })

  test('that allows only writes with the header denies other writes by callers without other permissions', () => {
    const Condition = { Null: { 's3:if-none-match': 'false' } }
    const policy = { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Condition }] } as const
    const allows = { ...free, bucket: { ...state.bucket, policy } }
    const caller = { onlyByPolicy: true }

    expect(evaluate(request('PutObject', {}, { caller }), allows)).toMatchObject(denied)
    expect(evaluate(request('PutObject', { ifNoneMatch: '*' }, { caller }), allows)).toMatchObject({ status: 200 })
    expect(evaluate(request('PutObject'), allows)).toMatchObject({ status: 200 })
  })

  test('compares the value without its quotes', () => {
    const Condition = { StringEquals: { 's3:if-match': 'abc' } }
    const policy = { Statement: [{ Effect: 'Deny', Action: 's3:*', Condition }] } as const
    const denies = { ...state, bucket: { ...state.bucket, policy } }

    expect(evaluate(request('PutObject', { ifMatch: '"abc"' }), denies)).toMatchObject(denied)
    expect(evaluate(request('PutObject', { ifMatch: OBJECT.etag }), denies)).toMatchObject({ status: 200 })
  })
})

describe('DeleteObjects', () => {
  test('evaluates each entry separately', () => {
    const entries = [{ key: 'a', etag: OBJECT.etag }, { key: 'b', etag: SOURCE.etag }, { key: 'c' }]
    const keys = [{ current: OBJECT }, { current: OBJECT }, {}]
    const outcome = evaluate(request('DeleteObjects', {}, { entries }), { ...state, entries: keys })

    expect(outcome).toMatchObject({
      status: 200,
      entries: [
        { outcome: { kind: 'success', effect: 'deleted' } },
        { outcome: { kind: 'failure', error: { code: 'PreconditionFailed', key: 'b' } } },
        { outcome: { kind: 'success' } },
      ],
    })
    expect(JSON.stringify(outcome)).not.toContain('"condition"')
  })
})

test('a conditional write fails with 409 if the object is deleted meanwhile, unless its condition fails', () => {
  const put = { operation: 'PutObject', key: 'k', headers: { ifNoneMatch: '*' } } as const
  const state = { now: new Date(0), bucket: { versioning: 'never', directory: false }, key: {} } as const

  expect(evaluate(put, { ...state, deletedMeanwhile: true })).toMatchObject({ error: { status: 409 } })
  expect(evaluate(put, state)).toMatchObject({ kind: 'success' })
  const current = { etag: '"a"', lastModified: new Date(0), size: 1 }
  expect(evaluate(put, { ...state, key: { current }, deletedMeanwhile: true })).toMatchObject({
    error: { status: 412 },
  })
  expect(evaluate({ ...put, headers: {} }, { ...state, deletedMeanwhile: true })).toMatchObject({ kind: 'success' })
})

describe('the rules', () => {
  const files = readdirSync(join(root, 'support', 'reference-store', 'src', 'rules')).filter(
    (file) => file.endsWith('.ts') && !file.includes('.test.'),
  )
  const sources = files.map((file) =>
    readFileSync(join(root, 'support', 'reference-store', 'src', 'rules', file), 'utf8'),
  )

  test('import only each other', () => {
    const imports = sources.flatMap((text) => [...text.matchAll(/^(?:import|export)( type)? ?.*? from '([^']+)'$/gms)])
    const foreign = imports.filter(([, , from = '']) => !from.startsWith('./'))

    expect(imports.length).toBeGreaterThan(20)
    expect(foreign.map(([line]) => line)).toEqual([])
  })

  test('do not use the clock, random numbers, the environment or the network', () => {
    expect(
      sources.filter((text) => /Date\.now|new Date\(\)|Math\.random|process\.|globalThis|fetch\(/.test(text)),
    ).toEqual([])
  })
})
