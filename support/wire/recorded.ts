import { redact } from './redact'
import { elementOf, isError } from './xml'

// This module defines which parts of requests and responses are recorded.

/**
 * The only headers that are recorded: those that affect or describe the outcome of a conditional request. All others
 * are omitted, so that no encryption key, token or signature reaches a log.
 */
const RECORDED = anyOf(
  'if-.*',
  'range',
  'retry-after',
  'x-amz-copy-source(?!-server).*',
  'x-amz-if-.*',
  'x-amz-rename-source(?:-if-.*)?',
  'x-amz-object-if-match',
  'x-amz-write-offset-bytes',
  'x-amz-metadata-directive',
  'x-amz-checksum-mode',
  'etag',
  'last-modified',
  'content-type',
  'content-length',
  'content-range',
  'x-amz-version-id',
  'x-amz-delete-marker',
  'x-amz-copy-source-version-id',
  'x-amz-server-side-encryption',
  'x-amz-bucket-region',
  'allow',
)

/** The only elements of an XML error document that are recorded. Other elements can contain secrets. */
const ERROR_ELEMENTS = [
  'Code',
  'Message',
  'Condition',
  'Header',
  'HeadersNotSigned',
  'additionalMessage',
  'Key',
  'Method',
  'ResourceType',
  'RangeRequested',
  'ActualObjectSize',
  'Region',
  'RequestId',
] as const
export type ErrorElement = (typeof ERROR_ELEMENTS)[number]

/**
 * The query parameters that are recorded, because they show what a request addresses or which headers are signed. In a
 * presigned URL, query parameters can take the place of headers. A parameter that has the name of a recorded header is
 * also recorded. All other parameters, such as signatures, are omitted.
 */
const RECORDED_QUERY = anyOf(
  'versionId',
  'versions',
  'uploads',
  'uploadId',
  'partNumber',
  'prefix',
  'list-type',
  'delete',
  'website',
  'versioning',
  'policy',
  'publicAccessBlock',
  'session',
  'renameObject',
  'X-Amz-SignedHeaders',
)

function anyOf(...names: readonly string[]): RegExp {
  return new RegExp(`^(${names.join('|')})$`)
}

/** What was recorded about a response body that is, or should be, an XML error document. */
export interface RecordedError {
  /** The recorded elements of the document. Even a response with status 200 can contain them. */
  error?: Partial<Record<ErrorElement, string>>
  /** The length in bytes of a body that should be an XML error document but is not. */
  unreadableBytes?: number
}

/** Returns the path and query of a request, without the query parameters that must not be recorded. */
export function recordedPath({ path, query = {} }: { path: string; query?: Record<string, unknown> }): string {
  const selected = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined || !(RECORDED_QUERY.test(name) || RECORDED.test(name.toLowerCase()))) return []
    return value === '' || value === null ? name : `${name}=${value}`
  })
  return selected.length > 0 ? `${path}?${selected.join('&')}` : path
}

/** Selects the headers that may be recorded, converts their names to lower case, and redacts their values. */
export function recordedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), redact(String(value))] as const)
      // S3 encrypts every object with AES256 by default, so recording this value would add nothing.
      .filter(([name, value]) => RECORDED.test(name) && value !== 'AES256'),
  )
}

/**
 * Extracts the elements that may be recorded from an XML error document. Elements about the caller, such as the access
 * key id and the token, are omitted.
 */
export function recordedError(text: string): RecordedError {
  if (!isError(text)) return text.length > 0 ? { unreadableBytes: Buffer.byteLength(text) } : {}
  const found = ERROR_ELEMENTS.map((name) => [name, elementOf(text, name)] as const)
  return {
    error: Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, redact(value)]]))),
  }
}
