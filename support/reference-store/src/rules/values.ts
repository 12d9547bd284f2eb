/** How the value of a condition on an entity tag is written. */
export type TagForm = 'quoted' | 'unquoted' | 'star' | 'list' | 'weak' | 'empty'

/** What a read, or the source of a copy, makes of an entity tag condition. */
export interface TagMatch {
  readonly form: TagForm
  /** Whether one of the entity tags that are named is the current one. */
  readonly matches: boolean
  /** Has characters that no entity tag can have. */
  readonly impossible: boolean
}

/**
 * Compares as reads do: the quotes can be left out, a star matches every object, and of a list one has to match (R01,
 * R02, R05, R11).
 * @param value of If-Match or If-None-Match, or of those on the source of a copy
 * @param etag of the object, with its quotes
 * @returns of a weak entity tag, `matches` is what RFC 9110 has for a weak comparison
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
  if (tags[0] === '*') return 'star'
  return /^".*"$/.test(tags[0] ?? '') ? 'quoted' : 'unquoted'
}

/**
 * Compares as writes do: the whole value with the current entity tag, whose quotes can be left out, both or one of them
 * (P10, P11), and no list is taken apart (P19).
 */
export function matchWhole(value: string, etag: string): { readonly form: TagForm; readonly matches: boolean } {
  const { form } = matchTags(value, etag)
  return { form, matches: value.trim().replace(/^"|"$/g, '') === etag.replace(/^"|"$/g, '') }
}

function bare(tag: string): string {
  return tag.replace(/^W\//, '').replace(/^"|"$/g, '')
}

/** What a date condition says. */
export type DateValue =
  | { readonly form: 'date'; readonly seconds: number }
  | { readonly form: 'ISO 8601' | 'obsolete' | 'malformed' }

const IMF =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/
/** The two forms that RFC 9110 still has a reader accept: `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. */
const OBSOLETE = /^\w+day, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT$|^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

/**
 * Reads a date as HTTP has it, `Wed, 25 Nov 2026 10:11:12 GMT`.
 * @returns whole seconds since 1970, which is all that dates are compared by (R15, R21); else how it is written
 */
export function readDate(value: string): DateValue {
  const text = value.trim()
  if (ISO.test(text)) return { form: 'ISO 8601' }
  if (OBSOLETE.test(text)) return { form: 'obsolete' }
  const time = IMF.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? { form: 'malformed' } : { form: 'date', seconds: time / 1000 }
}

/** The second that a moment lies in: Last-Modified has no smaller unit (R15, R21). */
export function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
