import { DOMParser, type Element } from '@xmldom/xmldom'
import { S3Error } from './message.ts'

/** An element of a request's XML, whatever prefix and attributes it was written with. */
export interface XmlElement {
  readonly name: string
  /** Character data of this element alone: references, CDATA and what stands around comments. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

/**
 * Reads the XML of a request.
 * @param root the name that its root must have
 * @throws S3Error 400 MalformedXML for what is not well-formed, has another root or a document type
 */
export function readXml(body: Buffer | undefined, root: string): XmlElement {
  const text = body?.toString('utf8') ?? ''
  if (text.trim() === '' || text.includes('<!DOCTYPE') || LOOSE.test(text.replace(OPAQUE, ''))) throw malformed()
  try {
    const document = new DOMParser({ onError: stop }).parseFromString(text, 'text/xml')
    const found = document.documentElement
    if (found?.localName === root) return elementOf(found)
  } catch {
    // Where it is wrong Amazon S3 does not say.
  }
  throw malformed()
}

/** A warning is a fault, too, except that about U+FFFD, which a key can have. */
function stop(level: string, message: string): void {
  if (level !== 'warning' || !message.includes('replacement character')) throw malformed()
}

/** Comments and CDATA sections. */
const OPAQUE = /<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs
/** An ampersand that begins no reference: the parser lets it pass. */
const LOOSE = /&(?!(#\d+|#x[\da-f]+|lt|gt|amp|quot|apos);)/i

/** The error to XML that is not well-formed, or not what its schema has. */
export function malformed(): S3Error {
  return new S3Error(400, 'MalformedXML')
}

const ELEMENT = 1
const TEXT = 3
const CDATA = 4

function elementOf(node: Element): XmlElement {
  const nodes = Array.from(node.childNodes)
  return {
    name: node.localName ?? node.nodeName,
    text: nodes
      .filter(({ nodeType }) => nodeType === TEXT || nodeType === CDATA)
      .map(({ nodeValue }) => nodeValue ?? '')
      .join(''),
    children: nodes.filter(({ nodeType }) => nodeType === ELEMENT).map((one) => elementOf(one as Element)),
  }
}

/** The children of a name. */
export function allOf({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((one) => one.name === name)
}

/** The text of the first child of a name; undefined if there is none, empty if it is empty. */
export function textOf({ children }: XmlElement, name: string): string | undefined {
  return children.find((one) => one.name === name)?.text
}
