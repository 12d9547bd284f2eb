/** How the ETag in a condition is written. */
export type TagForm = 'quoted' | 'unquoted' | 'any' | 'list' | 'weak' | 'empty'

/** The ETag condition of a read, or on the source of a copy, compared with an object. */
export interface TagMatch {
  readonly form: TagForm
  /** Whether one of the named ETags is the current one. */
  readonly matches: boolean
  /** Whether it has characters that no ETag can have. */
  readonly impossible: boolean
}

/**
 * Compares as reads do: quotes can be omitted, `*` matches every object, and one ETag of a list must match (R01, R02, R05,
 * R11).
 * @param value of If-Match or If-None-Match, or of those on the source of a copy
 * @param etag of the object, with its quotes
 * @returns `matches` of a weak ETag is the weak comparison of RFC 9110
 */
export function matchTags(value: string, etag: string): TagMatch {
  const tags = value.split(',').map((tag) => tag.trim())
  const matches = tags.some((tag) => tag === '*' || bare(tag) === bare(etag))
  const impossible = tags.some((tag) => tag !== '*' && /[^\x21\x23-\x7e]/.test(bare(tag)))
  return { form: formOf(value, tags), matches, impossible }
}

function formOf(value: string, tags: readonly string[]): TagForm {
  if (value.trim() === '') return 'empty'
  if (tags.some((tag) => tag.startsWith('W/'))) return 'weak'
  if (tags.length > 1) return 'list'
  if (tags[0] === '*') return 'any'
  return /^".*"$/.test(tags[0] ?? '') ? 'quoted' : 'unquoted'
}

/** Compares as writes do: the whole value, without one or both quotes (P10, P11). A list never matches (P19). */
export function matchWhole(value: string, etag: string): { readonly form: TagForm; readonly matches: boolean } {
  const { form } = matchTags(value, etag)
  return { form, matches: value.trim().replace(/^"|"$/g, '') === etag.replace(/^"|"$/g, '') }
}

function bare(tag: string): string {
  return tag.replace(/^W\//, '').replace(/^"|"$/g, '')
}

/** The value of a date condition. */
export type DateValue =
  | { readonly form: 'date'; readonly seconds: number }
  | { readonly form: 'ISO 8601' | 'obsolete' | 'malformed' }

const IMF =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/
/** The obsolete formats of RFC 9110: `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. */
const OBSOLETE = /^\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT$|^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

/**
 * Reads an HTTP date such as `Wed, 25 Nov 2026 10:11:12 GMT`.
 * @returns whole seconds since 1970, the precision of all comparisons (R15, R21), or the format
 */
export function readDate(value: string): DateValue {
  const text = value.trim()
  if (ISO.test(text)) return { form: 'ISO 8601' }
  if (OBSOLETE.test(text)) return { form: 'obsolete' }
  const time = IMF.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? { form: 'malformed' } : { form: 'date', seconds: time / 1000 }
}

/** Truncates a time to seconds, the precision of Last-Modified (R15, R21). */
export function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
