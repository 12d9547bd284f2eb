import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'

/** An answer of the store; one character of the body is one byte, so that none is lost. */
export interface StoreResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/**
 * Changes the body of a request, and the headers that tell its length, its hash and its checksum.
 * @param headers of the request, by lower-case names
 * @returns the body to send
 */
export async function withBody(
  headers: Record<string, string | string[] | undefined>,
  incoming: Readable,
  change: (body: string) => string | Promise<string>,
): Promise<Readable> {
  const was = await bytesOf(incoming)
  const body = Buffer.from(await change(was), 'latin1')
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  const said = {
    'content-length': String(body.length),
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    'x-amz-checksum-crc32': crc.toString('base64'),
    'content-md5': createHash('md5').update(body).digest('base64'),
  }
  for (const [name, value] of Object.entries(said)) {
    if (headers[name] !== undefined && body.toString('latin1') !== was) headers[name] = value
  }
  return Readable.from([body])
}

/** Passes an answer of the store on as it is changed; the length is said anew where the body is another one. */
export async function sendChanged(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  change: (answer: StoreResponse) => StoreResponse,
): Promise<void> {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers } = answer.headers
  const was = { status: answer.statusCode ?? 502, headers, body: await bytesOf(answer) }
  const { status, headers: said, body } = change(was)
  const length = body === was.body ? {} : { 'content-length': String(body.length) }
  outgoing.writeHead(status, { ...said, ...length }).end(Buffer.from(body, 'latin1'))
}

async function bytesOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}
