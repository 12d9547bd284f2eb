/** Formats a value on one line, with spaces: `{ "verdict": "holds" }`. */
export function inline(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
}

/** Formats an object or a list with one line per entry, so that diffs are readable. */
export function lines(value: object, indent = ''): string {
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const entries = Object.entries(value).map(
    ([key, entry]) => `${indent}  ${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${inline(entry)}`,
  )
  return entries.length > 0 ? `${open}\n${entries.join(',\n')}\n${indent}${close}` : `${open}${close}`
}

/** Sorts the entries of an object by key, independently of the locale. */
export function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}
