import type { Bucket, Headers, Key, Policy, Request, Signature, State, Upload, Version } from 's3-reference-store/rules'
import type { AnyMoment, AnyTag, Operation, Situation } from '../evidence/fact'
import { anotherETag } from '../fixtures/values'
import type { Row } from '../verdicts/meta'

/** The current time, the object at the key, and the copy source, which was stored one minute before the object. */
export const NOW = new Date('2026-11-25T10:11:12.345Z')
export const OBJECT: Version = {
  etag: '"8d777f385d3dfec8815d20f7496026dc"',
  lastModified: ago(60),
  size: 4,
}
export const SOURCE: Version = { etag: '"4d96fd1280dd67fe2eac895339a0a8e3"', lastModified: ago(120), size: 14 }
const NONCURRENT = '"098f6bcd4621d373cade4e832627b4f6"'

function ago(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000)
}

/**
 * Converts the situation that a fact describes into a request and a state of the store.
 * @param operation one of `when.operations`
 */
export function concretize(
  when: Situation,
  operation: Operation,
): { readonly request: Request; readonly state: State } {
  const { headers, key, source } = conditionsOf(when, operation)
  const isAppend = when.WriteOffsetBytes !== undefined
  const request: Request = {
    operation,
    key: 'key',
    headers,
    ...(when.foreign && { otherHeaders: [when.foreign] }),
    ...(when.endpoint && { endpoint: when.endpoint }),
    ...(when.version && operation !== 'DeleteObjects' && { versionId: when.version === 'missing' ? 'none' : 'v2' }),
    ...(when.PartNumber && { partNumber: when.PartNumber === 'exists' ? 1 : 3 }),
    ...(operation === 'DeleteObjects' && { entries: entriesOf(when) }),
    ...(isAppend && { body: bodyOf(when) }),
    ...(when.signed && { signature: SIGNATURES[when.signed] }),
    ...(when.without && {
      caller: when.without === 's3:GetObject' ? { mayGet: false, mayList: false } : { mayList: false },
    }),
  }
  const state: State = {
    now: NOW,
    bucket: bucketOf(when),
    key,
    source,
    entries: [key],
    upload: uploadOf(when),
    ...(when.ClientToken && { clientToken: when.ClientToken }),
  }
  return { request, state }
}

const IN_ROW = {
  IfMatch: { holds: 'current', fails: 'other' },
  IfNoneMatch: { holds: 'other', fails: 'current' },
  IfModifiedSince: { holds: 'before', fails: 'at' },
  IfUnmodifiedSince: { holds: 'at', fails: 'before' },
} as const

/**
 * Converts a row of the combinations table into a request and a state of the store. For a copy, the conditions apply to
 * the source.
 */
export function concretizeRow(row: Row, operation: Operation): ReturnType<typeof concretize> {
  const conditions = (Object.keys(IN_ROW) as (keyof Row)[]).flatMap((name) => {
    const is = row[name]
    return is === 'absent' ? [] : [[operation.includes('Copy') ? `CopySource${name}` : name, IN_ROW[name][is]]]
  })
  return concretize({ operations: [operation], ...Object.fromEntries(conditions) }, operation)
}

/**
 * Returns the conditional headers, and what is stored at the key and at the copy source. The values of the headers
 * depend on what is stored.
 */
function conditionsOf(when: Situation, operation: Operation): { headers: Headers; key: Key; source: Key } {
  const names = Object.keys(when)
  const onSource = names.some((name) => /^CopySourceIf/.test(name))
  const isCopy = operation === 'CopyObject' || operation === 'UploadPartCopy'
  // If a copy has conditions on its source but `source` is not set, `key` describes the source.
  const keyIsSource = isCopy && onSource && when.source === undefined
  const described = keyOf(keyIsSource ? { ...when, since: undefined } : when)
  const key = keyIsSource ? {} : described
  const source = keyIsSource ? described : sourceOf(when, key)
  const from = source.current ?? SOURCE
  const to = key.current ?? OBJECT
  const choose = (value: 'matching' | 'other' | undefined, matching: string, other: string) =>
    value && (value === 'matching' ? matching : other)

  const headers: Headers = {
    ifMatch: tag(when.IfMatch, to),
    ifNoneMatch: tag(when.IfNoneMatch, to),
    ifModifiedSince: moment(when.IfModifiedSince, to, true),
    ifUnmodifiedSince: moment(when.IfUnmodifiedSince, to, false),
    range: when.Range && (when.Range === 'within' ? 'bytes=0-1' : 'bytes=100-'),
    ifRange: tag(when.IfRange, to),
    copySourceIfMatch: tag(when.CopySourceIfMatch, from),
    copySourceIfNoneMatch: tag(when.CopySourceIfNoneMatch, from),
    copySourceIfModifiedSince: moment(when.CopySourceIfModifiedSince, from, true),
    copySourceIfUnmodifiedSince: moment(when.CopySourceIfUnmodifiedSince, from, false),
    copySourceRange: when.CopySourceRange && 'bytes=0-1000',
    ifMatchSize: choose(when.IfMatchSize, '4', '99'),
    ifMatchLastModifiedTime: choose(
      when.IfMatchLastModifiedTime,
      to.lastModified.toUTCString(),
      ago(600).toUTCString(),
    ),
    ifMatchInitiatedTime: choose(when.IfMatchInitiatedTime, ago(300).toUTCString(), ago(600).toUTCString()),
    renameSourceIfMatch: tag(when.SourceIfMatch, from),
    renameSourceIfNoneMatch: when.SourceIfNoneMatch,
    writeOffsetBytes: when.WriteOffsetBytes && { 'the size': '4', another: '5', '0': '0' }[when.WriteOffsetBytes],
  }
  return {
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    key,
    source,
  }
}

/**
 * Returns what is stored at the key when the request is sent. `since` is the change that was made to the key after the
 * multipart upload was created.
 */
function keyOf({ key = 'object', since, stored, version }: Situation): Key {
  const marker = { isDeleteMarker: true, versionId: 'v2', lastModified: ago(30) } as const
  if (key === 'delete marker' || key === 'only delete markers') {
    return { deleteMarker: marker, ...(version && { addressed: marker }) }
  }
  const hasObject = since === undefined ? key === 'object' : since !== 'deleted'
  if (!hasObject) return {}
  const object: Version = {
    ...OBJECT,
    ...(stored === 'in parts' && { etag: '"60cd54a928cbbcbb6e7b5595bab46a9e-2"', parts: 2 }),
    ...(stored === 'without bytes' && { size: 0 }),
  }
  return { current: object, ...(version === 'current' && { addressed: object }) }
}

function sourceOf({ source }: Situation, key: Key): Key {
  if (source === 'nothing') return {}
  return source === 'the key itself' ? key : { current: SOURCE }
}

function tag(symbol: AnyTag | undefined, { etag }: Version): string | undefined {
  if (symbol === undefined) return undefined
  const bare = etag.replaceAll('"', '')
  return {
    current: etag,
    other: anotherETag,
    '*': '*',
    'unquoted current': bare,
    'list that contains the current ETag': `${anotherETag}, ${etag}`,
    'list that does not contain the current ETag': `${anotherETag}, ${NONCURRENT}`,
    'current ETag without its opening quote': `${bare}"`,
    noncurrent: NONCURRENT,
  }[symbol]
}

/**
 * Returns the value of a date condition. A `malformed` value would make the condition fail if the store accepted it.
 * Its date is the Last-Modified date for If-Modified-Since, or an earlier date for If-Unmodified-Since.
 */
function moment(
  symbol: AnyMoment | undefined,
  { lastModified }: Version,
  isModifiedSince: boolean,
): string | undefined {
  if (symbol === undefined) return undefined
  const at = (seconds: number, from = lastModified) => new Date(from.getTime() + seconds * 1000).toUTCString()
  return {
    before: at(-1),
    at: at(0),
    after: at(1),
    'a minute ahead': at(60, NOW),
    'an hour ahead': at(3600, NOW),
    'a day ahead': at(86_400, NOW),
    malformed: at(isModifiedSince ? 0 : -60).replace(' GMT', '.123 GMT'),
  }[symbol]
}

function entriesOf({ entries, ETag, Size, version }: Situation): Request['entries'] {
  return Array.from({ length: entries ?? 1 }, () => ({
    key: 'key',
    ...(ETag && { etag: tag(ETag, OBJECT) }),
    ...(Size && { size: Size === 'matching' ? '4' : '99' }),
    ...(version && { versionId: version === 'missing' ? 'none' : 'v2' }),
  }))
}

function bodyOf({ body }: Situation): Request['body'] {
  if (body === 'empty') return { size: 0 }
  if (!body) return { size: 4 }
  return { size: 4, checksum: body === 'with a wrong checksum' ? 'wrong' : 'of another type' }
}

function bucketOf({ bucket, policy }: Situation): Bucket {
  return {
    versioning: bucket === 'versioned' ? 'enabled' : 'never',
    directory: bucket === 'directory',
    ...(policy && { policy: POLICIES[policy] }),
  }
}

/** Policies from the user guide that deny writes and deletes without the required header. */
export const POLICIES: Readonly<Record<NonNullable<Situation['policy']>, Policy>> = {
  'requires If-None-Match': {
    Statement: [
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      },
    ],
  },
  'requires If-Match': {
    Statement: [
      { Effect: 'Deny', Action: ['s3:PutObject', 's3:DeleteObject'], Condition: { Null: { 's3:if-match': 'true' } } },
    ],
  },
}

const SIGNATURES: Readonly<Record<NonNullable<Situation['signed']>, Signature>> = {
  'presigned, with the condition in the query': {
    version: 4,
    presigned: { inQuery: ['if-none-match'], leftOut: [], added: [] },
  },
  'presigned, without one of the signed headers': { version: 4, presigned: { leftOut: ['if-none-match'], added: [] } },
  'presigned, with an additional x-amz- header': {
    version: 4,
    presigned: { leftOut: [], added: ['x-amz-if-match-size'] },
  },
  'with Signature Version 2': { version: 2 },
}

function uploadOf({ key, since, before, upload }: Situation): Upload | undefined {
  if (upload === 'missing') return undefined
  return {
    state: upload ?? 'in progress',
    initiated: ago(300),
    keyHeldObject: key === 'object',
    keyChangedSince: since !== undefined,
    ...(before && { failedWith: before }),
  }
}
