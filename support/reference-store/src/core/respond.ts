import { randomBytes } from 'node:crypto'
import { type ErrorResponse, MESSAGES } from '../rules/index.ts'
import type { Headers, StoreResponse } from './message.ts'

/** Amazon S3's messages by error code. */
const MESSAGE_OF: Headers = {
  ...MESSAGES,
  AccessDenied: 'Access Denied',
  AuthorizationQueryParametersError:
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  BadDigest: 'The Content-MD5 or checksum value that you specified did not match what the server received.',
  BucketAlreadyOwnedByYou: 'Your previous request to create the named bucket succeeded and you already own it.',
  BucketNotEmpty: 'The bucket you tried to delete is not empty',
  EntityTooSmall: 'Your proposed upload is smaller than the minimum allowed size',
  InternalError: 'We encountered an internal error. Please try again.',
  InvalidAccessKeyId: 'The AWS Access Key Id you provided does not exist in our records.',
  InvalidArgument: 'Invalid Argument',
  InvalidBucketName: 'The specified bucket is not valid.',
  InvalidPart:
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  InvalidPartNumber: 'The requested partnumber is not satisfiable',
  InvalidPartOrder: 'The list of parts was not in ascending order. Parts must be ordered by part number.',
  InvalidRange: 'The requested range is not satisfiable',
  InvalidWriteOffset: 'The write offset value that you specified does not match the current object size.',
  KeyTooLongError: 'Your key is too long',
  MalformedXML: 'The XML you provided was not well-formed or did not validate against our published schema',
  MethodNotAllowed: 'The specified method is not allowed against this resource.',
  MissingContentLength: 'You must provide the Content-Length HTTP header.',
  NoSuchBucket: 'The specified bucket does not exist',
  NoSuchBucketPolicy: 'The bucket policy does not exist',
  NoSuchCORSConfiguration: 'The CORS configuration does not exist',
  NoSuchPublicAccessBlockConfiguration: 'The public access block configuration was not found',
  NoSuchTagSet: 'The TagSet does not exist',
  NoSuchUpload:
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  NoSuchVersion: 'The specified version does not exist.',
  NoSuchWebsiteConfiguration: 'The specified bucket does not have a website configuration',
  ObjectLockConfigurationNotFoundError: 'Object Lock configuration does not exist for this bucket',
  RequestTimeTooSkewed: 'The difference between the request time and the current time is too large.',
  SignatureDoesNotMatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  SlowDown: 'Please reduce your request rate.',
}

/** The content of an XML element: text or ordered elements. */
export type Xml = string | number | boolean | readonly Xml[] | { readonly [name: string]: Xml | undefined }

/**
 * Serializes XML: `{ Key: 'a', Part: [{ Size: 1 }, { Size: 2 }] }` becomes `<Key>a</Key><Part>…</Part><Part>…</Part>`.
 * Undefined members are omitted.
 */
export function xmlOf(content: Xml): string {
  if (typeof content !== 'object') return escapeXml(String(content))
  if (Array.isArray(content)) return content.map(xmlOf).join('')
  return Object.entries(content)
    .flatMap(([name, value]) => {
      if (value === undefined) return []
      const all: readonly Xml[] = Array.isArray(value) ? value : [value as Xml]
      return all.map((one) => element(name, one))
    })
    .join('')
}

function element(name: string, content: Xml): string {
  const inside = xmlOf(content)
  return inside === '' ? `<${name}/>` : `<${name}>${inside}</${name}>`
}

/** Escapes text. Characters that XML 1.0 does not allow become character references, as on Amazon S3. */
export function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys can contain control characters
    /[&<>"\u0000-\u001f\ufffe\uffff]/g,
    (one) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '\n', '\t': '\t' })[one] ??
      `&#x${one.charCodeAt(0).toString(16)};`,
  )
}

function newIds() {
  return {
    'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
    'x-amz-id-2': randomBytes(56).toString('base64'),
  }
}

const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

export function respondXml(status: number, root: string, content: Xml, headers: Headers = {}): StoreResponse {
  const text = `${DECLARATION}<${root} ${NAMESPACE}>${xmlOf(content)}</${root}>`
  return respond(status, { 'Content-Type': 'application/xml', ...headers }, [Buffer.from(text)])
}

export function respond(status: number, headers: Headers = {}, body: readonly Buffer[] = []): StoreResponse {
  return { status, headers: { ...newIds(), ...headers }, body }
}

/** Creates an error response in Amazon S3's format. A 304 has no body. */
export function respondFailure(error: ErrorResponse): StoreResponse {
  const { status, message, condition, header, additionalMessage } = error
  const { code = status === 404 ? 'NoSuchKey' : 'InternalError' } = error
  const ids = newIds()
  const headers = { ...ids, ...error.headers, ...(status === 405 && { Allow: 'DELETE' }) }
  if (status === 304) return { status, headers, body: [] }
  const content = {
    Code: code,
    Message: message || MESSAGE_OF[code] || code,
    Condition: condition,
    Header: header,
    additionalMessage,
    Key: error.key,
    ...error.elements,
    RequestId: ids['x-amz-request-id'],
    HostId: ids['x-amz-id-2'],
  }
  const body = Buffer.from(`${DECLARATION}<Error>${xmlOf(content)}</Error>`)
  return { status, headers: { ...headers, 'Content-Type': 'application/xml' }, body: [body] }
}

/** Returns the Error element for a failed DeleteObjects entry. */
export function entryError(key: string, { code = 'InternalError', message, elements }: ErrorResponse): Xml {
  return { Key: key, ...elements, Code: code, Message: message || MESSAGE_OF[code] || code }
}
