const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/**
 * Returns the text of the first element with this name. A regular expression suffices, because S3's error documents are
 * flat.
 * @returns undefined if no element has this name, or if the element contains other elements
 */
export function elementOf(xml: string, name: string): string | undefined {
  return xml
    .match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1]
    ?.replace(/&(?:#(\d+)|#x([\da-f]+)|(lt|gt|quot|apos|amp));/gi, (_, decimal, hexadecimal, entity) => {
      if (entity) return ENTITIES[entity.toLowerCase()] ?? ''
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16))
    })
}

/**
 * Whether the root element of a body is `Error`. The status does not show this, because S3 can also return an error
 * with status 200.
 */
export function isError(xml: string): boolean {
  return /^\s*(<\?xml[^>]*\?>\s*)?<Error[\s>]/.test(xml)
}

/** Builds an S3 error document from the names and texts of its elements. The texts are not escaped. */
export function errorXml(elements: Readonly<Record<string, string>>): string {
  const texts = Object.entries(elements).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<Error>${texts.join('')}</Error>`
}
