import { redact } from './redact'
import { elementOf, isError } from './xml'

// Selects the parts of requests and responses that are recorded.

/**
 * The only headers that are recorded, so that no key, token or signature reaches a log: the conditional headers of
 * requests, and response headers that describe the object or name the bucket's region.
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

/** The only elements of an error that are recorded. Others can contain secrets. */
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
 * The query parameters that are recorded: they show what a request addresses, or name the signed headers. A parameter
 * of a presigned URL is also recorded if it has the name of a recorded header. All other parameters, such as
 * signatures, are omitted.
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

/** The recorded parts of a response that is an error, or should be one. */
export interface RecordedError {
  /** Elements of the error's XML, whatever the status, except elements that describe the caller. */
  error?: Partial<Record<ErrorElement, string>>
  /** The length, in bytes, of a body that should be the XML of an error but is not. */
  unreadableBytes?: number
}

/** Returns the path of a request with only the recorded parameters of its query. */
export function recordedPath({ path, query = {} }: { path: string; query?: Record<string, unknown> }): string {
  const selected = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined || !(RECORDED_QUERY.test(name) || RECORDED.test(name.toLowerCase()))) return []
    return value === '' || value === null ? name : `${name}=${value}`
  })
  return selected.length > 0 ? `${path}?${selected.join('&')}` : path
}

/** Selects the recorded headers and converts their names to lower case. */
export function recordedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), redact(String(value))] as const)
      // Every object is encrypted with AES256 by default, so the value is not worth showing.
      .filter(([name, value]) => RECORDED.test(name) && value !== 'AES256'),
  )
}

/** Selects the recorded elements of an error, but none about the caller, such as the access key or the token. */
export function recordedError(text: string): RecordedError {
  if (!isError(text)) return text.length > 0 ? { unreadableBytes: Buffer.byteLength(text) } : {}
  const found = ERROR_ELEMENTS.map((name) => [name, elementOf(text, name)] as const)
  return {
    error: Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, redact(value)]]))),
  }
}
