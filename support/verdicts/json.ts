/** A value on one line, with spaces: `{ "verdict": "holds" }`. */
export function inline(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
}

/** An object or a list with one line for each of its entries, so that a diff reads well. */
export function lines(value: object, indent = ''): string {
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const entries = Object.entries(value).map(
    ([key, entry]) => `${indent}  ${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${inline(entry)}`,
  )
  return entries.length > 0 ? `${open}\n${entries.join(',\n')}\n${indent}${close}` : `${open}${close}`
}

/** The entries of an object by their keys, whatever the language of the machine. */
export function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}
