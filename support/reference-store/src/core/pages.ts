// What all listings have in common: arguments, roll-up by a delimiter, and pages.
import type { S3Error } from './message.ts'
import { compareKeys } from './state.ts'
import { invalidArgument } from './values.ts'

type Query = ReadonlyMap<string, string>

/** What is listed, under its key. */
export interface Entry<T> {
  readonly key: string
  readonly item: T
}

/** One page of a listing. */
export interface Page<T> {
  readonly entries: readonly Entry<T>[]
  readonly prefixes: readonly string[]
  readonly isTruncated: boolean
  /** The last entry or common prefix of the page; absent if the page is empty. */
  readonly last?: { readonly key: string; readonly item?: T }
}

/** What a page is asked for. */
export interface Asked {
  readonly prefix: string
  /** Empty: nothing is rolled up. */
  readonly delimiter: string
  readonly max: number
  /** Common prefixes that contain this key were on a page before; empty on the first one. */
  readonly marker: string
}

/** Most entries of a page, and how many it has if the request does not say. */
export const MAX_ENTRIES = 1_000

/**
 * One page of what is listed.
 * @param entries in the order of their keys, from the marker on
 */
export function pageOf<T>(entries: Iterable<Entry<T>>, { prefix, delimiter, max, marker }: Asked): Page<T> {
  const page: Entry<T>[] = []
  const prefixes: string[] = []
  let last: Page<T>['last']
  if (max === 0) return { entries: page, prefixes, isTruncated: false }
  for (const entry of entries) {
    const { key } = entry
    if (!key.startsWith(prefix)) continue
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length)
    if (common !== undefined && (common === prefixes.at(-1) || marker.startsWith(common))) continue
    if (page.length + prefixes.length === max)
      return { entries: page, prefixes, isTruncated: true, ...(last && { last }) }
    if (common === undefined) page.push(entry)
    else prefixes.push(common)
    last = common === undefined ? entry : { key: common }
  }
  return { entries: page, prefixes, isTruncated: false, ...(last && { last }) }
}

/**
 * The keys of a listing, without those before the prefix or the marker, and those behind the prefix.
 * @param keys in their order
 * @param isAfter leaves out the marker itself
 */
export function* keysFrom(keys: readonly string[], prefix: string, marker: string, isAfter = true): Generator<string> {
  const from = compareKeys(marker, prefix) > 0 ? marker : prefix
  for (let i = lowerBound(keys, from); i < keys.length; i++) {
    const key = keys[i] ?? ''
    if (!key.startsWith(prefix)) return
    if (!isAfter || key !== marker || marker === '') yield key
  }
}

/** The index of the first key that is not before another. */
function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const MAX_INTEGER = 2_147_483_647

/**
 * An argument that is a number from 0; an empty one is as none.
 * @throws S3Error 400 InvalidArgument
 */
export function numberIn(query: Query, name: string, otherwise: number): number {
  const text = query.get(name) ?? ''
  if (text === '') return otherwise
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(Math.abs(value) <= MAX_INTEGER)) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
  }
  if (value >= 0) return value
  const spelling = name === 'max-keys' ? 'maxKeys' : name
  throw invalidArgument(`Argument ${spelling} must be an integer between 0 and ${MAX_INTEGER}`, spelling, text)
}

/** How many entries a page can have. @throws S3Error 400 InvalidArgument */
export function maxIn(query: Query, name: string): number {
  return Math.min(numberIn(query, name, MAX_ENTRIES), MAX_ENTRIES)
}

/**
 * How keys are written in the response.
 * @returns the function to write them with, and the element that says so
 * @throws S3Error 400 InvalidArgument for another encoding-type than `url`
 */
export function encodingIn(query: Query): { encode: (text: string) => string; EncodingType?: string } {
  const type = query.get('encoding-type')
  if (type === undefined) return { encode: (text) => text }
  if (type === 'url') return { encode: encodeUrl, EncodingType: type }
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
}

/** Percent-encoding with blanks as `+`; letters, digits, `-_.*` and `/` stay. */
export function encodeUrl(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
}

const MARK = 'k'

/** A continuation token, which says nothing to a client. */
export function tokenOf(key: string): string {
  return Buffer.from(`${MARK}${key}`).toString('base64url')
}

/** The last key of the page that returned a token. @throws S3Error 400 InvalidArgument for what is no such token */
export function keyOfToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (text.startsWith(MARK) && tokenOf(text.slice(1)) === token) return text.slice(1)
  throw invalidToken()
}

function invalidToken(): S3Error {
  return invalidArgument('The continuation token provided is incorrect', 'continuation-token')
}
