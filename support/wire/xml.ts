const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/**
 * The text of the first element of this name; S3's errors are flat, so that no more is needed.
 * @returns undefined where there is none, or where it holds other elements
 */
export function elementOf(xml: string, name: string): string | undefined {
  return xml
    .match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1]
    ?.replace(/&(?:#(\d+)|#x([\da-f]+)|(lt|gt|quot|apos|amp));/gi, (_, decimal, hexadecimal, name) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? ''
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16))
    })
}

/** Whether a body's root is S3's `Error`, also inside an answer of status 200. */
export function isError(xml: string): boolean {
  return /^\s*(<\?xml[^>]*\?>\s*)?<Error[\s>]/.test(xml)
}
