// What all listings have in common: arguments, roll-up by a delimiter, and pages.
import type { StoreResponse } from './message.ts'
import { encoded } from './request.ts'
import { respondXml, type Xml } from './respond.ts'
import { compareKeys } from './state.ts'
import type { StoredBucket } from './stored.ts'
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
  /** Writes a key as the response has it. */
  readonly encode: (text: string) => string
  /** The elements that repeat what was asked for. */
  readonly elements: { readonly Prefix: string; readonly Delimiter?: string; readonly EncodingType?: string }
}

/**
 * Reads what all listings are asked for.
 * @param name of the parameter for the most entries
 * @throws S3Error 400 InvalidArgument
 */
export function askedIn(query: Query, name: string): Asked {
  const { encode, EncodingType } = encodingIn(query)
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const max = Math.min(numberIn(query, name, MAX_ENTRIES), MAX_ENTRIES)
  const elements = {
    Prefix: encode(prefix),
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(EncodingType && { EncodingType }),
  }
  return { prefix, delimiter, max, encode, elements }
}

/** Most entries of a page, and how many it has if the request does not say. */
const MAX_ENTRIES = 1_000

/**
 * One page of what is listed.
 * @param entries in the order of their keys, from the marker on
 * @param marker common prefixes that contain this key were on a page before; empty for the first one
 */
export function pageOf<T>(entries: Iterable<Entry<T>>, { prefix, delimiter, max }: Asked, marker: string): Page<T> {
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

/** The elements of common prefixes. */
export const commonPrefixes = ({ prefixes }: Page<unknown>, { encode }: Asked) => ({
  CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
})

/**
 * A page of keys as XML, in the order of Amazon S3.
 * @param own the elements that only this listing has
 */
export function respondPage(
  bucket: StoredBucket,
  root: string,
  asked: Asked,
  page: Page<unknown>,
  own: { readonly [name: string]: Xml | undefined },
  rows: Xml,
): StoreResponse {
  const { Prefix, ...elements } = asked.elements
  const head = { Name: bucket.name, Prefix, ...own, MaxKeys: asked.max, ...elements, IsTruncated: page.isTruncated }
  const content = [head, rows, commonPrefixes(page, asked)]
  return respondXml(200, root, content, { 'x-amz-bucket-region': bucket.region })
}

const MAX_INTEGER = 2_147_483_647

/**
 * An argument that is a number from 0; an empty one is as none.
 * @throws S3Error 400 InvalidArgument
 */
export function numberIn(query: Query, name: string, otherwise: number): number {
  const text = query.get(name) ?? ''
  if (text === '') return otherwise
  if (/^\d+$/.test(text) && Number(text) <= MAX_INTEGER) return Number(text)
  throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
}

function encodingIn(query: Query): { encode: (text: string) => string; EncodingType?: string } {
  const type = query.get('encoding-type')
  if (type === undefined) return { encode: (text) => text }
  if (type === 'url') return { encode: encodeUrl, EncodingType: type }
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
}

/** Percent-encoding with blanks as `+`; letters, digits, `-_.*` and `/` stay. */
function encodeUrl(text: string): string {
  const kept: Readonly<Record<string, string>> = { '%2F': '/', '%20': '+', '%2A': '*', '~': '%7E' }
  return encoded(text).replace(/%2F|%20|%2A|~/g, (one) => kept[one] ?? one)
}

/** A continuation token, which says nothing to a client. */
export function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url')
}

/** The last key of the page that returned a token. @throws S3Error 400 InvalidArgument for what is no such token */
export function keyOfToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString()
  if (token !== '' && tokenOf(key) === token) return key
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
}
