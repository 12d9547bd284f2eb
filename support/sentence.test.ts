import { describe, expect, test } from 'vitest'
import type { Expectation, Observation } from './observation'
import { expectedSentence, findingSentence, responseSentence, sentenceOf } from './sentence'
import { examples } from './testing/observations'

// No other tests depend on how observations and expectations are worded.

describe('a response', () => {
  test.for<[string, Parameters<typeof responseSentence>[0]]>([
    ['PutObject got no response', { operation: 'PutObject' }],
    ['PutObject returned 200', { operation: 'PutObject', status: 200 }],
    ['GetObject returned 304', { operation: 'GetObject', status: 304 }],
    ['HeadObject failed with 412', { operation: 'HeadObject', status: 412 }],
    [
      'PutObject failed with 412 PreconditionFailed (Condition: If-Match)',
      { operation: 'PutObject', status: 412, code: 'PreconditionFailed', condition: 'If-Match' },
    ],
    [
      'PutObject failed with 501 NotImplemented (Header: If-Match)',
      { operation: 'PutObject', status: 501, code: 'NotImplemented', header: 'If-Match' },
    ],
    [
      'CopyObject returned 200 with the error InternalError',
      { operation: 'CopyObject', status: 200, code: 'InternalError', body: 'error in success' },
    ],
    ['PutObject failed with 412 and a body that is not XML', { operation: 'PutObject', status: 412, body: 'not XML' }],
    [
      'GetObject returned 200 with a body that the SDK cannot read',
      { operation: 'GetObject', status: 200, body: 'unreadable by the SDK' },
    ],
  ])('%s', ([sentence, response]) => {
    expect(responseSentence(response)).toBe(sentence)
  })
})

describe('what a store did', () => {
  test.for<[string, Observation[]]>([
    [
      "PutObject returned 200; the object's bytes changed",
      [
        { kind: 'object', changed: 'bytes' },
        { kind: 'response', operation: 'PutObject', status: 200 },
      ],
    ],
    [
      'PutObject failed with 412; Condition is missing',
      [
        { kind: 'element', operation: 'PutObject', name: 'Condition', is: 'missing' },
        { kind: 'response', operation: 'PutObject', status: 412 },
      ],
    ],
    [
      'several requests succeeded; more than one version was added',
      [
        { kind: 'race', winners: 'several' },
        { kind: 'versions', gained: 'several' },
      ],
    ],
    ['a request that did not win: PutObject failed with 403', [{ kind: 'loser', operation: 'PutObject', status: 403 }]],
    [
      'the key or upload could not be read: GetObject failed with 500',
      [{ kind: 'look', operation: 'GetObject', status: 500 }],
    ],
    ['the key has 1 version and 2 delete markers', [{ kind: 'versions', versions: 1, deleteMarkers: 2 }]],
    ['the upload has the parts [1, 2]', [{ kind: 'parts', parts: [1, 2] }]],
    ['the response reports the error NoSuchKey for a key', [{ kind: 'entry', is: 'failed', code: 'NoSuchKey' }]],
    ['the header etag is missing', [{ kind: 'header', operation: 'GetObject', name: 'etag', is: 'missing' }]],
    ['toBe failed (2nd assertion in the test)', [{ kind: 'assertion', matcher: 'toBe', nth: 2 }]],
    ['toBe failed (11th assertion in the test)', [{ kind: 'assertion', matcher: 'toBe', nth: 11 }]],
  ])('%s', ([sentence, observed]) => {
    expect(sentenceOf(observed)).toBe(sentence)
  })

  test('every kind and form of observation has a different sentence', () => {
    const sentences = examples.map((one) => sentenceOf([one]))

    expect(sentences.filter((sentence) => !sentence || sentence.includes('undefined'))).toEqual([])
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  test('the name of the operation can be omitted', () => {
    expect(sentenceOf([{ kind: 'response', operation: 'PutObject', status: 200 }], { operations: false })).toBe(
      'returned 200',
    )
  })
})

describe('what Amazon S3 does', () => {
  test.for<[string, Expectation]>([
    ['the request fails', { kind: 'failure', elements: {} }],
    [
      'the request fails with 412 PreconditionFailed, Condition: If-Match',
      { kind: 'failure', status: 412, code: 'PreconditionFailed', elements: { Condition: 'If-Match' } },
    ],
    ['the request succeeds', { kind: 'success' }],
    ['the request returns 200', { kind: 'success', status: 200 }],
    ['the request returns 304 Not Modified', { kind: 'not modified' }],
    ['the request gets a response', { kind: 'any response' }],
    [
      'the response has etag: "e", no content-type',
      { kind: 'headers', headers: { etag: '"e"', 'content-type': null } },
    ],
    ['the response does not have ETag: "e"', { kind: 'members', members: { ETag: '"e"' }, not: true }],
    [
      'the response lists [a] under Deleted and [b: NoSuchKey] under Errors',
      { kind: 'deleted', keys: ['a'], errors: { b: 'NoSuchKey' } },
    ],
    ['nothing stored under the key changes', { kind: 'unchanged' }],
    ['the object contains the bytes "text"', { kind: 'body', body: 'text' }],
    [`the object contains the bytes "${'x'.repeat(80)}"…`, { kind: 'body', body: 'x'.repeat(81) }],
    ['no object, version or delete marker exists under the key', { kind: 'no object' }],
    ['the key has 2 versions and 1 delete marker', { kind: 'versions', versions: 2, deleteMarkers: 1 }],
    ['the upload has the parts [1]', { kind: 'parts', parts: [1] }],
    ['exactly one of 20 concurrent requests succeeds', { kind: 'one winner', requests: 20 }],
    ['every request that does not win fails with 412 X or 409 Y', { kind: 'losers', errors: ['412 X', '409 Y'] }],
    ['the object contains exactly the bytes that the successful request sent', { kind: 'body sent by the winner' }],
    ['exactly one version or delete marker is added', { kind: 'one version more' }],
    ['the ETag is the quoted MD5 of the bytes, "m"', { kind: 'etag', md5: '"m"' }],
    ['the outcome is [1]', { kind: 'outcome', outcome: '[1]' }],
  ])('%s', ([sentence, expected]) => {
    expect(expectedSentence(expected)).toBe(sentence)
  })
})

describe('a failed assertion', () => {
  test('shows the expected and the observed behaviour', () => {
    const finding = { expected: { kind: 'success', status: 200 }, observed: [], severity: 'status' } as const

    expect(findingSentence({ ...finding, observed: [{ kind: 'race', winners: 'several' }], note: '3 of 20' })).toBe(
      'Amazon S3:  the request returns 200\nThis store: several requests succeeded (3 of 20)',
    )
  })

  test('shows only the message from Vitest if it is a plain Vitest assertion', () => {
    const expected = { kind: 'assertion', message: 'expected 1 to be 2' } as const
    const observed = [{ kind: 'assertion', matcher: 'toBe', nth: 1 } as const]

    expect(findingSentence({ expected, observed, severity: 'detail' })).toBe('expected 1 to be 2')
  })
})
