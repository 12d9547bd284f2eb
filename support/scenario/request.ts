import type { Headers } from 's3-reference-store/rules'
import type { Operation } from '../evidence/catalogue'
import type { KeyState } from '../fixtures/objects'
import { anotherETag } from '../fixtures/values'

/** The conditions, by the names of the SDK's members, with the headers that they are sent as. */
export const HEADERS = {
  IfMatch: 'If-Match',
  IfNoneMatch: 'If-None-Match',
  IfModifiedSince: 'If-Modified-Since',
  IfUnmodifiedSince: 'If-Unmodified-Since',
  CopySourceIfMatch: 'x-amz-copy-source-if-match',
  CopySourceIfNoneMatch: 'x-amz-copy-source-if-none-match',
  CopySourceIfModifiedSince: 'x-amz-copy-source-if-modified-since',
  CopySourceIfUnmodifiedSince: 'x-amz-copy-source-if-unmodified-since',
} as const
export type Condition = keyof typeof HEADERS

/** Values of a condition on an entity tag: how a person reads them, and what they are for an object. */
export const TAGS = {
  current: ['the current entity tag', (current: string) => current],
  other: ['another entity tag', () => anotherETag],
  '*': ['*', () => '*'],
  'unquoted current': ['the current entity tag without its quotes', (current: string) => current.replaceAll('"', '')],
  'list with the current': ['a list with the current entity tag', (current: string) => `${anotherETag}, ${current}`],
  'list without the current': [
    'a list of other entity tags',
    () => `${anotherETag}, "11111111111111111111111111111111"`,
  ],
  'weak current': ['the current entity tag as a weak one', (current: string) => `W/${current}`],
} as const
export type Tag = keyof typeof TAGS

/** Values of a condition on a date, in milliseconds; from what the object's Last-Modified is, and from now. */
export const MOMENTS = {
  before: ['a second before Last-Modified', (modified: number) => modified - 1_000],
  at: ['Last-Modified itself', (modified: number) => modified],
  after: ['a second after Last-Modified', (modified: number) => modified + 1_000],
  'a minute ahead': ['a minute ahead', (_: number, now: number) => now + 60_000],
  'a day ahead': ['a day ahead', (_: number, now: number) => now + 24 * 3_600_000],
} as const
export type Moment = keyof typeof MOMENTS

/** The symbols that say something about an object that is there. */
export const OF_AN_OBJECT: readonly (Tag | Moment)[] = [
  'current',
  'unquoted current',
  'list with the current',
  'list without the current',
  'weak current',
  'before',
  'at',
  'after',
]

/** What the value of a condition is: a symbol, or what a person has typed and is sent as it is. */
export type Value = Tag | Moment | { readonly typed: string }

export type Conditions = { readonly [name in Condition]?: Value }

/** Where an object is, a version of it where that is meant. */
export interface Place {
  readonly Bucket: string
  readonly Key: string
  readonly VersionId?: string
}

/** What a person, or the tour, asks for. */
export interface Request {
  readonly operation: Extract<
    Operation,
    | 'GetObject'
    | 'HeadObject'
    | 'CopyObject'
    | 'PutObject'
    | 'DeleteObject'
    | 'CreateMultipartUpload'
    | 'UploadPart'
    | 'UploadPartCopy'
    | 'CompleteMultipartUpload'
    | 'AbortMultipartUpload'
  >
  /** What is read, written or deleted; of a copy, its destination. */
  readonly address: Place
  /** Of a copy. */
  readonly source?: Place
  readonly conditions: Conditions
  /** Of a write, and of a part. */
  readonly body?: string
  /** Of everything about a multipart upload but its creation. */
  readonly uploadId?: string
}

/** Whether a condition is on the source of a copy. */
export function isOnSource(name: string): boolean {
  return name.startsWith('CopySource')
}

/** Whether a condition is on a date. */
export function isOnDate(name: string): boolean {
  return name.endsWith('Since')
}

export function namesOf(conditions: Conditions): Condition[] {
  return (Object.keys(HEADERS) as Condition[]).filter((name) => conditions[name] !== undefined)
}

/** A value as a person reads it; what was typed, as it was. */
export function wordsFor(value: Value): string {
  if (typeof value === 'object') return value.typed === '' ? '(empty)' : value.typed
  return { ...TAGS, ...MOMENTS }[value][0]
}

/**
 * The texts that are sent for the values of all conditions.
 * @param key what the key holds, and of a copy its source; a key that holds nothing has an empty entity tag
 */
export function textsOf(
  conditions: Conditions,
  now: number,
  key: KeyState,
  source?: KeyState,
): { [name in Condition]?: string } {
  const texts = namesOf(conditions).map((name) => {
    const value = conditions[name] as Value
    if (typeof value === 'object') return [name, value.typed]
    const current = (isOnSource(name) ? source : key)?.current
    const { ETag = '', modified = now } = typeof current === 'object' ? current : {}
    if (value in MOMENTS) return [name, new Date(MOMENTS[value as Moment][1](modified, now)).toUTCString()]
    return [name, TAGS[value as Tag][1](ETag)]
  })
  return Object.fromEntries(texts)
}

/** The conditions as the rules take them. */
export function headersOf(texts: { readonly [name in Condition]?: string }): Headers {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name.charAt(0).toLowerCase() + name.slice(1), text]),
  )
}
