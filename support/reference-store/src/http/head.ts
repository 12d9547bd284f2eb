import type { IncomingMessage } from 'node:http'
import { S3Error, type StoreRequest } from '../core/message.ts'
import { invalidArgument } from '../core/values.ts'
import { isChunked, withoutChunked } from './chunked.ts'

/** Amazon S3's limit on the total size of the request headers, in bytes. */
const MAX_HEADERS = 8192

/**
 * Converts the method, the URL and the headers of a request to plain data, and removes `aws-chunked` from
 * Content-Encoding.
 */
export function headOf({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): StoreRequest {
  const headers: Record<string, string> = {}
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase()
    const value = rawHeaders[i + 1] ?? ''
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value
  }
  // A client that uses this server as a proxy sends an absolute URL.
  const [, authority, path = ''] = /^https?:\/\/([^/?]*)(.*)$/is.exec(url) ?? []
  const { 'content-encoding': contentEncoding } = headers
  return {
    method,
    url: authority === undefined ? url : path.replace(/^(?!\/)/, '/'),
    headers: withoutChunked({ ...headers, ...(authority !== undefined && { host: authority }) }),
    ...(contentEncoding !== undefined && isChunked(headers) && { contentEncoding }),
  }
}

export type BodyPlan =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'plain' | 'aws-chunked'; readonly length: number }

/** Amazon S3's limit on the size of a request body, in bytes. */
export const MAX_BODY = 5 * 1024 ** 3

/**
 * Decides how to read a request body.
 * @param head the result of `headOf`
 * @throws S3Error 400 RequestHeaderSectionTooLarge, EntityTooLarge, InvalidArgument; 411 MissingContentLength; 501
 * NotImplemented for Transfer-Encoding: chunked
 */
export function planBody(head: StoreRequest, incoming: Pick<IncomingMessage, 'rawHeaders' | 'headers'>): BodyPlan {
  const { rawHeaders, headers: sent } = incoming
  const size = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0)
  if (size > MAX_HEADERS) {
    const message = 'Your request header section exceeds the maximum allowed size.'
    const elements = { MaxSizeAllowed: String(MAX_HEADERS) }
    throw new S3Error(400, 'RequestHeaderSectionTooLarge', message, { elements })
  }
  if (!takesBody(head)) return { kind: 'ignored' }
  const { 'content-length': encoded, 'transfer-encoding': transfer, 'x-amz-decoded-content-length': decoded } = sent
  const chunked = isChunked(sent as StoreRequest['headers'])
  const text = chunked || encoded === undefined ? decoded : encoded
  if ((encoded ?? transfer) === undefined || (chunked && text === undefined)) {
    throw new S3Error(411, 'MissingContentLength')
  }
  // Amazon S3 requires a header that declares the length of the body.
  if (text === undefined) throw new S3Error(501, 'NotImplemented', '', { elements: { Header: 'Transfer-Encoding' } })
  const length = Number(text)
  if (!/^\d+$/.test(String(text))) {
    const message = 'The decoded content length is not a number.'
    throw invalidArgument(message, 'x-amz-decoded-content-length', String(text))
  }
  if (length > MAX_BODY) {
    const elements = { ProposedSize: String(length), MaxSizeAllowed: String(MAX_BODY) }
    throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { elements })
  }
  return { kind: chunked ? 'aws-chunked' : 'plain', length }
}

/** Whether Amazon S3 reads the request's body instead of ignoring it. */
function takesBody({ method, url, headers }: StoreRequest): boolean {
  if (method === 'POST') return !/[?&]uploads(=?)(&|$)/.test(url)
  return method === 'PUT' && headers['x-amz-copy-source'] === undefined
}
