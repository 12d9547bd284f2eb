import { DOMParser, type Element } from '@xmldom/xmldom'
import { S3Error } from './message.ts'

/** An XML element, without its namespace prefix or attributes. */
export interface XmlElement {
  readonly name: string
  /** The element's own character data, with references resolved and CDATA sections unwrapped. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

/**
 * Parses the XML body of a request.
 * @throws S3Error 400 MalformedXML if the XML is not well-formed, has a root element other than `root`, or has a
 *   document type declaration
 */
export function readXml(body: Buffer | undefined, root: string): XmlElement {
  const text = body?.toString('utf8') ?? ''
  if (text.trim() === '' || text.includes('<!DOCTYPE') || LOOSE.test(text.replace(OPAQUE, ''))) throw malformed()
  try {
    const document = new DOMParser({ onError: stop }).parseFromString(text, 'text/xml')
    const found = document.documentElement
    if (found?.localName === root) return elementOf(found)
  } catch {
    // The parser's error is discarded, because Amazon S3 returns no details.
  }
  throw malformed()
}

/** Treats warnings as errors, except the warning about U+FFFD, which is valid in a key. */
function stop(level: string, message: string): void {
  if (level !== 'warning' || !message.includes('replacement character')) throw malformed()
}

/** Matches comments and CDATA sections. */
const OPAQUE = /<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs
/** Matches an ampersand that is not part of a reference. The parser accepts it, although the XML is not well-formed. */
const LOOSE = /&(?!(#\d+|#x[\da-f]+|lt|gt|amp|quot|apos);)/i

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

export function allOf({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((one) => one.name === name)
}

/** Returns the text of the descendant at a path of element names; undefined if there is no such descendant. */
export function textOf(element: XmlElement | undefined, ...path: string[]): string | undefined {
  return path.reduce((found, name) => found?.children.find((one) => one.name === name), element)?.text
}
