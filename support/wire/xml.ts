const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/**
 * The text of the first element with this name. That is all that the flat XML of an S3 error needs.
 * @returns undefined if there is none, or if it contains other elements
 */
export function elementOf(xml: string, name: string): string | undefined {
  return xml
    .match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1]
    ?.replace(/&(?:#(\d+)|#x([\da-f]+)|(lt|gt|quot|apos|amp));/gi, (_, decimal, hexadecimal, entity) => {
      if (entity) return ENTITIES[entity.toLowerCase()] ?? ''
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16))
    })
}

/** Whether the root of a body is `Error`. S3 can also return one with status 200. */
export function isError(xml: string): boolean {
  return /^\s*(<\?xml[^>]*\?>\s*)?<Error[\s>]/.test(xml)
}

/** An S3 error with these elements, whose texts are inserted as they are. */
export function errorXml(elements: Readonly<Record<string, string>>): string {
  const texts = Object.entries(elements).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<Error>${texts.join('')}</Error>`
}
