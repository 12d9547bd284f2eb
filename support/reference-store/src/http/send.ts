import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { StoreResponse } from '../core/message.ts'
import { sizeOf } from '../core/values.ts'

/** The time in milliseconds that a client has to read the response while it is still sending its body. */
const LINGER = 2_000

/**
 * Sends a response with a Content-Length, and keeps the spelling of its headers.
 * @param isLast whether to close the connection afterwards
 * @throws TypeError for an invalid header, before any byte is sent
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
  // Amazon S3 does not send `Keep-Alive`, which Node would add. The connection stays open without it.
  else outgoing.removeHeader('Connection')
  if (isLast) lingerAtEnd(socket)
  outgoing.writeHead(response.status, STATUS_CODES[response.status] ?? '', headers)
  for (const part of incoming.method === 'HEAD' ? [] : response.body) outgoing.write(part)
  outgoing.end()
}

/** Returns a flat list of alternating header names and values, which `writeHead` accepts. */
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
 * Closing a socket that is still receiving bytes resets the connection, and the client may then lose the response.
 * Therefore only the sending side is closed at first.
 */
function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}
