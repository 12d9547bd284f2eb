import { evaluate, factsOf, type Headers, type Request, type State } from 's3-reference-store/rules'
import { describe, expect, test } from 'vitest'
import { type FactId, factIds, facts, knownFacts } from '../evidence/catalogue'
import { type QuestionId, questionOf, questions } from '../evidence/open-questions'
import { NOW, OBJECT, SOURCE } from './symbols'

const marker = { isDeleteMarker: true, versionId: 'm1', lastModified: new Date('2026-11-25T10:00:00Z') } as const
const old = { ...OBJECT, etag: '"098f6bcd4621d373cade4e832627b4f6"', versionId: 'v1' }
const plain: State = {
  now: NOW,
  bucket: { versioning: 'never', directory: false },
  key: { current: OBJECT },
  source: { current: SOURCE },
}
const upload = {
  state: 'in progress',
  initiated: marker.lastModified,
  keyHeldObject: false,
  keyChangedSince: true,
} as const
const seconds = (ahead: number) => new Date(NOW.getTime() + ahead * 1000).toUTCString()
const directory: Partial<State> = { bucket: { versioning: 'never', directory: true } }
const requiringIfNoneMatch: Partial<State> = {
  bucket: {
    ...plain.bucket,
    policy: {
      Statement: [{ Effect: 'Deny', Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'true' } } }],
    },
  },
  key: {},
}

interface Unknown {
  readonly operation: Request['operation']
  readonly headers?: Headers
  readonly more?: Partial<Request>
  readonly state?: Partial<State>
  /** The expected status; undefined if no particular status is expected. */
  readonly expected?: number
  readonly question?: QuestionId
  readonly facts?: readonly FactId[]
}

/** Requests whose outcome on Amazon S3 is unknown. */
// biome-ignore format: one line for each request
const unknown: Readonly<Record<string, Unknown>> = {
  'a weak ETag in If-Match': { operation: 'GetObject', headers: { ifMatch: `W/${OBJECT.etag}` }, question: 'O17', facts: ['R14'] },
  'a weak ETag in If-None-Match': { operation: 'GetObject', headers: { ifNoneMatch: `W/${OBJECT.etag}` }, question: 'O17', facts: ['R14'] },
  'an empty If-Match': { operation: 'GetObject', headers: { ifMatch: '' }, question: 'O18', facts: ['S15'] },
  'an empty If-None-Match': { operation: 'HeadObject', headers: { ifNoneMatch: '' }, question: 'O18' },
  'a date ten seconds ahead': { operation: 'GetObject', headers: { ifModifiedSince: seconds(10) }, question: 'O1', facts: ['R65', 'R20'] },
  'a date a minute ahead': { operation: 'CopyObject', headers: { copySourceIfModifiedSince: seconds(60) }, question: 'O1' },
  'a date in ISO 8601 format': { operation: 'GetObject', headers: { ifModifiedSince: NOW.toISOString() }, question: 'O5', facts: ['R59'] },
  'an obsolete HTTP date': { operation: 'GetObject', headers: { ifModifiedSince: 'Wednesday, 25-Nov-26 10:11:12 GMT' }, question: 'O5' },
  'a noncurrent version with a condition': { operation: 'GetObject', headers: { ifMatch: old.etag }, more: { versionId: 'v1' }, state: { key: { current: OBJECT, addressed: old } }, question: 'O17', facts: ['R55'] },
  'a part number with a condition': { operation: 'GetObject', headers: { ifMatch: OBJECT.etag }, more: { partNumber: 1 }, expected: 206, question: 'O17', facts: ['R50'] },
  'a delete marker with a condition': { operation: 'GetObject', headers: { ifMatch: OBJECT.etag }, state: { key: { deleteMarker: marker } }, expected: 404, question: 'O17', facts: ['R53'] },
  'a delete marker without s3:ListBucket': { operation: 'GetObject', more: { caller: { mayList: false } }, state: { key: { deleteMarker: marker } }, expected: 403 },
  'a version that does not exist': { operation: 'GetObject', more: { versionId: 'none' } },
  'a date in If-Range': { operation: 'GetObject', headers: { range: 'bytes=0-1', ifRange: seconds(-60) }, expected: 200, question: 'O17' },
  'a missing source with a condition': { operation: 'CopyObject', headers: { copySourceIfMatch: SOURCE.etag }, state: { source: {} }, expected: 404, question: 'O17', facts: ['C33', 'R51'] },
  'an invalid ETag for a source': { operation: 'CopyObject', headers: { copySourceIfMatch: 'not possible' }, facts: ['C36'] },
  'x-amz-copy-source-if-none-match: * of CopyObject': { operation: 'CopyObject', headers: { copySourceIfNoneMatch: '*' }, expected: 412, question: 'O25', facts: ['C37'] },
  'x-amz-copy-source-if-none-match: * of UploadPartCopy': { operation: 'UploadPartCopy', headers: { copySourceIfNoneMatch: '*' }, expected: 412, question: 'O25', facts: ['C37'] },
  'conditions on source and destination that both fail': { operation: 'CopyObject', headers: { copySourceIfMatch: OBJECT.etag, ifMatch: SOURCE.etag }, expected: 412, facts: ['D14'] },
  'an ETag without quotes for a destination': { operation: 'CopyObject', headers: { ifMatch: OBJECT.etag.replaceAll('"', '') }, expected: 200, facts: ['P10'] },
  'a conditional copy under a policy': { operation: 'CopyObject', headers: { ifNoneMatch: '*' }, state: requiringIfNoneMatch, expected: 200, question: 'O4', facts: ['A06'] },
  'a range beyond the end of a source': { operation: 'UploadPartCopy', headers: { copySourceRange: 'bytes=0-99' } },
  'a weak ETag on a write': { operation: 'PutObject', headers: { ifMatch: `W/${OBJECT.etag}` }, question: 'O17', facts: ['P20'] },
  'a date condition on a write': { operation: 'PutObject', headers: { ifUnmodifiedSince: seconds(-600) }, facts: ['P21'] },
  'an unsigned condition on a presigned URL': { operation: 'PutObject', headers: { ifNoneMatch: '*' }, more: { signature: { version: 4, presigned: { leftOut: [], added: ['if-none-match'] } } }, question: 'O19', facts: ['P41'] },
  'a write while versioning is suspended': { operation: 'PutObject', headers: { ifNoneMatch: '*' }, state: { bucket: { versioning: 'suspended', directory: false }, key: { deleteMarker: marker } }, expected: 200, question: 'O24', facts: ['P43'] },
  'a failed write while versioning is suspended': { operation: 'PutObject', headers: { ifNoneMatch: '*' }, state: { bucket: { versioning: 'suspended', directory: false } }, expected: 412, question: 'O24', facts: ['P43'] },
  'If-Match for a missing key without s3:ListBucket': { operation: 'PutObject', headers: { ifMatch: OBJECT.etag }, more: { caller: { mayList: false } }, state: { key: {} }, question: 'O8', facts: ['A13'] },
  'an object that was stored and deleted during an upload': { operation: 'CompleteMultipartUpload', headers: { ifNoneMatch: '*' }, state: { key: {}, upload }, expected: 409, question: 'O22', facts: ['M25'] },
  'a second attempt to complete an upload after a 409': { operation: 'CompleteMultipartUpload', headers: { ifMatch: OBJECT.etag }, state: { upload: { ...upload, failedWith: 409 } }, expected: 409, question: 'O3', facts: ['M21'] },
  'a missing version with If-Match': { operation: 'DeleteObject', headers: { ifMatch: OBJECT.etag }, more: { versionId: 'none' }, expected: 501, question: 'O23', facts: ['X11'] },
  'a list in If-Match on a delete': { operation: 'DeleteObject', headers: { ifMatch: `${SOURCE.etag}, ${OBJECT.etag}` }, expected: 412, question: 'O16' },
  'If-Match on a delete without s3:GetObject': { operation: 'DeleteObject', headers: { ifMatch: OBJECT.etag }, more: { caller: { mayGet: false } }, expected: 403, facts: ['X17'] },
  'Size of an entry': { operation: 'DeleteObjects', more: { entries: [{ key: 'key', size: '4' }] }, question: 'O21', facts: ['X22'] },
  'a different ETag for an annotated object': { operation: 'PutObjectAnnotation', headers: { objectIfMatch: SOURCE.etag }, expected: 412, question: 'O20', facts: ['E20'] },
  'an upload that was aborted': { operation: 'CompleteMultipartUpload', headers: { ifNoneMatch: '*' }, state: { key: {}, upload: { ...upload, state: 'aborted' } }, expected: 404, facts: ['M27'] },
  'a write in a directory bucket': { operation: 'PutObject', headers: { ifNoneMatch: '*' }, state: directory, expected: 412, facts: ['D15'] },
  'a date condition on a rename': { operation: 'RenameObject', headers: { ifModifiedSince: seconds(-60) }, state: directory, facts: ['E10'] },
  'a condition on a new upload': { operation: 'CreateMultipartUpload', headers: { ifNoneMatch: '*' }, expected: 200, question: 'O26', facts: ['M30'] },
  'a condition on a part': { operation: 'UploadPart', headers: { ifMatch: SOURCE.etag }, state: { upload }, expected: 200, question: 'O26', facts: ['M30'] },
  'an annotation of a missing key': { operation: 'PutObjectAnnotation', headers: { objectIfMatch: SOURCE.etag }, state: { key: {} }, expected: 404, question: 'O20', facts: ['E20'] },
  'an invalid range': { operation: 'GetObject', headers: { range: 'bytes=first' }, expected: 200 },
  'If-Match with an offset for a missing key': { operation: 'PutObject', headers: { writeOffsetBytes: '0', ifMatch: OBJECT.etag }, state: { ...directory, key: {} } },
}

function outcomeOf({ operation, headers = {}, more, state }: Unknown) {
  return evaluate({ operation, key: 'key', headers, ...more }, { ...plain, ...state })
}

describe('the outcome is unknown without a fact', () => {
  test.for(Object.entries(unknown))('%s', ([, request]) => {
    const outcome = outcomeOf(request)
    const { expected } = outcome.kind === 'unknown' ? outcome : {}
    const status = expected?.kind === 'success' ? expected.status : expected?.error.status

    expect(outcome.kind).toBe('unknown')
    expect({ status, question: outcome.kind === 'unknown' ? outcome.question : '' }).toEqual({
      status: request.expected,
      question: request.question,
    })
    expect(factsOf(outcome)).toEqual(expect.arrayContaining([...(request.facts ?? [])]))
  })

  test('an expected outcome rests on a fact that is not open, or on the open question', () => {
    const isReason = (id: FactId) => facts[id].class !== 'open'
    const wrong = Object.entries(unknown).flatMap(([name, request]) => {
      const outcome = outcomeOf(request)
      const isExpected = outcome.kind === 'unknown' && outcome.expected !== undefined
      return outcome.steps
        .filter(({ open }) => isExpected && open)
        .filter((step) => !knownFacts(step.facts).some(isReason))
        .filter(({ open = true }) => open === true || !/assumes|expected/.test(questionOf(open).handling))
        .map(({ reason }) => `${name}: ${reason}`)
    })

    // The expectation comes from the HTTP specification, not from a fact: an invalid Range header is ignored, with or
    // without conditions.
    expect(wrong).toEqual(['an invalid range: a malformed range is ignored'])
  })

  test('the outcome of an entry with an ETag is unknown when the key does not exist', () => {
    const entries = [{ key: 'key', etag: OBJECT.etag }]
    const outcome = evaluate({ operation: 'DeleteObjects', key: '', entries }, { ...plain, entries: [{}] })

    expect(outcome).toMatchObject({ kind: 'success', entries: [{ outcome: { kind: 'unknown', question: 'O7' } }] })
  })

  test('every open fact about a request has a request here', () => {
    const met = new Set(Object.values(unknown).flatMap((request) => factsOf(outcomeOf(request))))
    const open = factIds.filter((id) => facts[id].class === 'open' && !met.has(id))

    // The remaining facts concern the headers of a 304 response, an upload after a failed part copy, HTML forms, and
    // replication.
    expect(open).toEqual(['R57', 'C32', 'P32', 'S28'])
  })

  test('every open question about a request has a request here', () => {
    const met = Object.values(unknown).map(({ question }) => question)
    const open = (Object.keys(questions) as QuestionId[]).filter((id) => questions[id].state === 'open')

    // O2 is covered by R41. O7 concerns an entry in a DeleteObjects request, which has a separate test above. O27
    // involves two requests, but each case here has only one.
    expect(open.filter((id) => !met.includes(id))).toEqual(['O2', 'O7', 'O27'])
  })
})
