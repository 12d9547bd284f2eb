// Functions for all listings. They read parameters, group keys into common prefixes, and split results into pages.
import type { Query, StoreResponse } from './message.ts'
import { encoded } from './request.ts'
import { respondXml, type Xml } from './respond.ts'
import { compareKeys } from './state.ts'
import type { StoredBucket } from './stored.ts'
import { invalidArgument } from './values.ts'

export interface Entry<T> {
  readonly key: string
  readonly item: T
}

interface Page<T> {
  readonly entries: readonly Entry<T>[]
  readonly prefixes: readonly string[]
  readonly isTruncated: boolean
  /** The last entry or common prefix on the page; absent if the page is empty. */
  readonly last?: { readonly key: string; readonly item?: T }
}

/** The parameters of a listing. */
interface Listing {
  readonly prefix: string
  /** If empty, keys are not grouped into common prefixes. */
  readonly delimiter: string
  readonly max: number
  /** Encodes a key for the response, according to `encoding-type`. */
  readonly encode: (text: string) => string
  /** The response elements that echo the parameters. */
  readonly elements: { readonly Prefix: string; readonly Delimiter?: string; readonly EncodingType?: string }
}

/**
 * Reads the parameters of a listing.
 * @param name the parameter for the maximum number of entries, such as `max-keys`
 * @throws S3Error 400 InvalidArgument
 */
export function readListing(query: Query, name: string): Listing {
  const { encode, EncodingType } = encodingIn(query)
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? '']
  const max = Math.min(numberIn(name, query.get(name), MAX_ENTRIES), MAX_ENTRIES)
  const Delimiter = delimiter === '' ? undefined : encode(delimiter)
  return { prefix, delimiter, max, encode, elements: { Prefix: encode(prefix), Delimiter, EncodingType } }
}

/** The maximum number of entries on a page, which is also the default. */
const MAX_ENTRIES = 1_000

/**
 * Collects the entries and common prefixes for one page.
 * @param entries entries from the marker onwards, sorted by key
 * @param marker empty for the first page. If the marker starts with a common prefix, that prefix is skipped, because an
 *   earlier page contains it.
 */
export function pageOf<T>(entries: Iterable<Entry<T>>, { prefix, delimiter, max }: Listing, marker: string): Page<T> {
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
    if (page.length + prefixes.length === max) return { entries: page, prefixes, isTruncated: true, last }
    if (common === undefined) page.push(entry)
    else prefixes.push(common)
    last = common === undefined ? entry : { key: common }
  }
  return { entries: page, prefixes, isTruncated: false, last }
}

/**
 * Returns the keys with the prefix, from the marker onwards.
 * @param keys sorted keys
 * @param isAfter whether to omit the marker itself
 */
export function* keysFrom(keys: readonly string[], prefix: string, marker: string, isAfter = true): Generator<string> {
  const from = compareKeys(marker, prefix) > 0 ? marker : prefix
  for (let i = lowerBound(keys, from); i < keys.length; i++) {
    const key = keys[i] ?? ''
    if (!key.startsWith(prefix)) return
    if (!isAfter || key !== marker || marker === '') yield key
  }
}

/** Returns the index of the first key that is equal to `key` or follows it. */
function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export const commonPrefixes = ({ prefixes }: Page<unknown>, { encode }: Listing) => ({
  CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
})

/**
 * Returns a page as XML, with the elements in the same order as on Amazon S3.
 * @param own the elements specific to this listing
 */
export function respondPage(
  bucket: StoredBucket,
  root: string,
  listing: Listing,
  page: Page<unknown>,
  own: { readonly [name: string]: Xml | undefined },
  rows: Xml,
): StoreResponse {
  const { Prefix, ...elements } = listing.elements
  const head = { Name: bucket.name, Prefix, ...own, MaxKeys: listing.max, ...elements, IsTruncated: page.isTruncated }
  const content = [head, rows, commonPrefixes(page, listing)]
  return respondXml(200, root, content, { 'x-amz-bucket-region': bucket.region })
}

const MAX_INTEGER = 2_147_483_647

/**
 * Parses a parameter or header that must be a non-negative integer. An empty value counts as absent.
 * @throws S3Error 400 InvalidArgument
 */
export function numberIn(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback
  if (/^\d+$/.test(text) && Number(text) <= MAX_INTEGER) return Number(text)
  throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
}

function encodingIn(query: Query): { encode: (text: string) => string; EncodingType?: string } {
  const type = query.get('encoding-type')
  if (type === undefined) return { encode: (text) => text }
  if (type === 'url') return { encode: encodeUrl, EncodingType: type }
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
}

/** Encodes a space as `+`, and percent-encodes all other characters except letters, digits, `-_.*` and `/`. */
function encodeUrl(text: string): string {
  const kept: Readonly<Record<string, string>> = { '%2F': '/', '%20': '+', '%2A': '*', '~': '%7E' }
  return encoded(text).replace(/%2F|%20|%2A|~/g, (one) => kept[one] ?? one)
}

export function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url')
}

/**
 * Decodes a continuation token, which contains the last key on the previous page.
 * @throws S3Error 400 InvalidArgument
 */
export function keyOfToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString()
  if (token !== '' && tokenOf(key) === token) return key
  throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
}
