import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { StoreResponse } from '../core/message.ts'
import { sizeOf } from '../core/values.ts'

/** The delay, in milliseconds, between half-closing a connection and destroying its socket. */
const LINGER = 2_000

/**
 * Sends a response. Header names are sent exactly as spelled.
 * @param isLast whether to close the connection after this response
 * @throws TypeError for an invalid header, before anything is sent
 */
export function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: StoreResponse,
  { now, isLast }: { now: Date; isLast: boolean },
): void {
  const { socket } = incoming
  if (response.isLost) return void socket.destroy()
  const headers = headersOf(response, now)
  outgoing.sendDate = false
  if (isLast || !outgoing.shouldKeepAlive) headers.push('Connection', 'close')
  // Prevents Node from adding a `Keep-Alive` header, which Amazon S3 does not send. The connection stays open anyway.
  else outgoing.removeHeader('Connection')
  if (isLast) lingerAtEnd(socket)
  outgoing.writeHead(response.status, STATUS_CODES[response.status] ?? '', headers)
  for (const part of incoming.method === 'HEAD' ? [] : response.body) outgoing.write(part)
  outgoing.end()
}

/** Returns the headers in a form that `writeHead` accepts: a flat list of alternating names and values. */
function headersOf({ status, headers, body }: StoreResponse, now: Date): string[] {
  const all = [...Object.entries(headers), ['Date', now.toUTCString()] as const]
  if (status !== 204 && status !== 304) all.push(['Content-Length', String(sizeOf(body))])
  all.push(['Server', 'AmazonS3'])
  return all.flatMap(([name, value]) => [name, name.startsWith('x-amz-') ? encodeWord(value) : value])
}

/** Amazon S3 encodes non-ASCII metadata as defined in RFC 2047. */
function encodeWord(value: string): string {
  return /^[\t\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`
}

/**
 * Makes the server half-close the connection before it destroys the socket. Destroying a socket that is still receiving
 * bytes resets the connection, and the client may then never receive the response.
 */
function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}
