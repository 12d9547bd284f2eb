import type { Headers } from 's3-reference-store/rules'
import type { Address, KeyState } from '../fixtures/objects'
import { anotherETag } from '../fixtures/values'

/** The condition headers, keyed by SDK member name. */
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

/**
 * The possible values of an ETag condition, each with a label and a function that derives the header value from the
 * object's current ETag.
 */
export const TAGS = {
  current: ['the current ETag', (current: string) => current],
  other: ['a different ETag', () => anotherETag],
  '*': ['*', () => '*'],
  'unquoted current': ['the current ETag without its quotes', (current: string) => current.replaceAll('"', '')],
  'list that contains the current ETag': [
    'a list that contains the current ETag',
    (current: string) => `${anotherETag}, ${current}`,
  ],
  'list that does not contain the current ETag': [
    'a list that does not contain the current ETag',
    () => `${anotherETag}, "11111111111111111111111111111111"`,
  ],
  'weak form of the current ETag': ['the current ETag as a weak ETag', (current: string) => `W/${current}`],
} as const
export type Tag = keyof typeof TAGS

/**
 * The possible values of a date condition, each with a label and a function that derives the date from Last-Modified
 * and the current time, all in milliseconds since the epoch.
 */
export const MOMENTS = {
  before: ['a second before Last-Modified', (modified: number) => modified - 1_000],
  at: ['Last-Modified itself', (modified: number) => modified],
  'a minute ahead': ['a minute from now', (_: number, now: number) => now + 60_000],
  'a day ahead': ['a day from now', (_: number, now: number) => now + 24 * 3_600_000],
} as const
export type Moment = keyof typeof MOMENTS

/** The values that can be used even if no object exists under the key. */
export const WITHOUT_OBJECT: readonly string[] = ['other', '*', 'a minute ahead', 'a day ahead']

export type Conditions = { readonly [name in Condition]?: Tag | Moment }

/** A request that the user or the tour sends. */
export interface Request {
  readonly operation: 'GetObject' | 'HeadObject' | 'CopyObject' | 'PutObject'
  /** The key that is read or written; for a copy, the destination. */
  readonly address: Address
  readonly source?: Address
  readonly conditions: Conditions
  readonly body?: string
}

export function isOnDate(name: Condition): boolean {
  return name.endsWith('Since')
}

/** Returns the conditions that are set, in the order of `HEADERS`. */
export function namesOf(conditions: Conditions): Condition[] {
  return (Object.keys(HEADERS) as Condition[]).filter((name) => conditions[name] !== undefined)
}

export function labelOf(value: Tag | Moment): string {
  return { ...TAGS, ...MOMENTS }[value][0]
}

/**
 * Returns the header value of each condition.
 * @param key the state of the key that is read or written; if no object exists, an empty string replaces the ETag
 * @param source the state of the source, for a copy
 */
export function textsOf(
  conditions: Conditions,
  now: number,
  key: KeyState,
  source?: KeyState,
): { [name in Condition]?: string } {
  const texts = namesOf(conditions).map((name) => {
    const value = conditions[name] as Tag | Moment
    const current = (name.startsWith('CopySource') ? source : key)?.current
    const { ETag = '', modified = now } = typeof current === 'object' ? current : {}
    if (value in MOMENTS) return [name, new Date(MOMENTS[value as Moment][1](modified, now)).toUTCString()]
    return [name, TAGS[value as Tag][1](ETag)]
  })
  return Object.fromEntries(texts)
}

/** Converts the header values into input for the rules. */
export function headersOf(texts: { readonly [name in Condition]?: string }): Headers {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name.charAt(0).toLowerCase() + name.slice(1), text]),
  )
}
