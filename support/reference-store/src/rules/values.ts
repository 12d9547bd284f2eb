/** The form of an ETag condition's value. */
export type TagForm = 'quoted' | 'unquoted' | 'any' | 'list' | 'weak' | 'empty'

/** The result of comparing the value of an ETag condition with an object's ETag. */
interface TagMatch {
  readonly form: TagForm
  readonly matches: boolean
  /** Whether the value contains characters that are not valid in an ETag. */
  readonly impossible: boolean
}

/**
 * Compares the value of an ETag condition with an object's ETag according to the rules for reads: quotes are optional,
 * `*` matches every object, and a list matches if at least one of its ETags does (R01, R02, R05, R11). For weak ETags,
 * the weak comparison that RFC 9110 defines is used.
 * @param value the value of If-Match, If-None-Match, If-Range or a copy-source header
 * @param etag the ETag of the object, with quotes
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

/**
 * Compares the value of an ETag condition with an object's ETag according to the rules for writes: each quote is
 * optional (P10, P11), and a list never matches (P19).
 */
export function matchWhole(value: string, etag: string): { readonly form: TagForm; readonly matches: boolean } {
  const { form } = matchTags(value, etag)
  return { form, matches: value.trim().replace(/^"|"$/g, '') === etag.replace(/^"|"$/g, '') }
}

function bare(tag: string): string {
  return tag.replace(/^W\//, '').replace(/^"|"$/g, '')
}

type DateValue =
  | { readonly form: 'date'; readonly seconds: number }
  | { readonly form: 'ISO 8601' | 'obsolete' | 'malformed' }

const IMF =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/
/** The two obsolete date formats in RFC 9110: `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. */
const OBSOLETE = /^\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT$|^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

/**
 * Parses an HTTP date such as `Wed, 25 Nov 2026 10:11:12 GMT`. Dates are compared in whole seconds (R15, R21).
 * @returns the form of the value and, for a valid HTTP date, the seconds since the Unix epoch
 */
export function readDate(value: string): DateValue {
  const text = value.trim()
  if (ISO.test(text)) return { form: 'ISO 8601' }
  if (OBSOLETE.test(text)) return { form: 'obsolete' }
  const time = IMF.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? { form: 'malformed' } : { form: 'date', seconds: time / 1000 }
}

/** Converts a time to whole seconds since the Unix epoch, rounded down as in Last-Modified (R15, R21). */
export function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
