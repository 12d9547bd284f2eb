import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Refusal } from 's3-reference-store/rules'
import { escaped } from './reference-tags'

/** What S3 says where the rules do not know its words. */
const WORDS: Readonly<Record<string, string>> = {
  AccessDenied: 'Access Denied',
  BadDigest: 'The checksum that you specified did not match the calculated checksum.',
  ConditionalRequestConflict:
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
  InvalidPartNumber: 'The requested partnumber is not satisfiable',
  InvalidRange: 'The requested range is not satisfiable',
  InvalidWriteOffset: 'The write offset value that you specified does not match the current object size.',
  MethodNotAllowed: 'The specified method is not allowed against this resource.',
  NoSuchBucket: 'The specified bucket does not exist',
  NoSuchKey: 'The specified key does not exist.',
  NoSuchUpload:
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  NotImplemented: 'A header you provided implies functionality that is not implemented',
  SignatureDoesNotMatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  SlowDown: 'Please reduce your request rate.',
}

const CODES: Readonly<Record<number, string>> = { 400: 'InvalidRequest', 403: 'AccessDenied', 404: 'NoSuchKey' }

/** Says a refusal as S3 does; a HEAD and a 304 without a body. */
export function sayRefusal(outgoing: ServerResponse, refusal: Refusal, isHead: boolean, close = false): void {
  const { status, headers = {} } = refusal
  const ids = newIds()
  const all = {
    ...ids,
    ...headers,
    ...(status === 405 && { allow: 'DELETE' }),
    ...(close && { connection: 'close' }),
  }
  if (status === 304) return void outgoing.writeHead(status, all).end()
  const xml = xmlOf(refusal, ids)
  const about = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(xml) }
  outgoing.writeHead(status, { ...all, ...(isHead ? { 'content-type': 'application/xml' } : about) })
  outgoing.end(isHead ? undefined : xml)
}

/** An answer with a body of XML, or without one. */
export function say(outgoing: ServerResponse, status: number, xml = '', headers: Record<string, string> = {}): void {
  const about = xml === '' ? {} : { 'content-type': 'application/xml' }
  const text = xml === '' ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(text) }
  outgoing.writeHead(status, { ...newIds(), ...about, ...length, ...headers }).end(text)
}

function xmlOf(refusal: Refusal, ids: ReturnType<typeof newIds>): string {
  const { status, code = CODES[status] ?? 'InternalError', message, condition, header, additionalMessage } = refusal
  const elements = {
    Code: code,
    Message: message ?? WORDS[code] ?? code,
    ...(condition && { Condition: condition }),
    ...(header && { Header: header }),
    ...(additionalMessage && { additionalMessage }),
    ...(refusal.key !== undefined && { Key: refusal.key }),
    ...refusal.elements,
    RequestId: ids['x-amz-request-id'],
    HostId: ids['x-amz-id-2'],
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elementsOf(elements)}</Error>`
}

export function elementsOf(elements: Readonly<Record<string, string>>): string {
  return Object.entries(elements)
    .map(([name, text]) => `<${name}>${escaped(text)}</${name}>`)
    .join('')
}

/** What an entry of DeleteObjects is refused with. */
export function entryError(key: string, { code = 'InternalError', message, elements }: Refusal): string {
  return `<Error>${elementsOf({ Key: key, ...elements, Code: code, Message: message ?? WORDS[code] ?? code })}</Error>`
}

function newIds() {
  return {
    'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
    'x-amz-id-2': randomBytes(56).toString('base64'),
  }
}
