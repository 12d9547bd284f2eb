import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { StoreResponse } from '../core/message.ts'

/** How long a client may go on sending what nobody reads, before it loses the response that is on its way. */
const LINGER = 2_000

/**
 * Sends a response: headers spelled as they are, always with their length, and nothing in chunks.
 * @param isLast the connection ends with it
 * @throws TypeError for a header that HTTP cannot have; nothing has been sent then
 */
export function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: StoreResponse,
  { now, isLast = false }: { now: Date; isLast?: boolean },
): void {
  const { socket } = incoming
  if (response.isLost) return void socket.destroy()
  const headers = headersOf(response, now)
  outgoing.sendDate = false
  if (isLast || !outgoing.shouldKeepAlive) headers.push('Connection', 'close')
  // Node would add `Keep-Alive`, which Amazon S3 does not have. Without it the connection is kept as well.
  else outgoing.removeHeader('Connection')
  if (isLast) lingerAtEnd(socket)
  outgoing.writeHead(response.status, STATUS_CODES[response.status] ?? '', headers)
  for (const part of incoming.method === 'HEAD' ? [] : response.body) outgoing.write(part)
  outgoing.end()
}

/** Name and value by turns. */
function headersOf({ status, headers, body, contentLength }: StoreResponse, now: Date): string[] {
  const size = body.reduce((sum, { length }) => sum + length, 0)
  const all = [...Object.entries(headers), ['Date', now.toUTCString()] as const]
  if (status !== 204 && status !== 304) all.push(['Content-Length', String(contentLength ?? size)])
  all.push(['Server', 'AmazonS3'])
  return all.flatMap(([name, value]) => [name, name.startsWith('x-amz-') ? mailSafe(value) : value])
}

/** Metadata that is not ASCII comes back from Amazon S3 as RFC 2047 has it. */
function mailSafe(value: string): string {
  return /^[\t\x20-\x7e]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`
}

/**
 * A socket that is closed while bytes come in is reset, and the client may lose the response. So this end is closed, and
 * what comes in is read for a while.
 */
function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER).unref()
  }
}
