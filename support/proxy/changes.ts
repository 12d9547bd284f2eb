import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'

/** An answer of the store; one character of the body is one byte. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** All bytes of a stream, one character for each, so that no byte is lost. */
export async function bytesOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

/**
 * Changes the body of a request, and the headers that tell its length, its hash and its checksum.
 * @param headers of the request, by lower-case names
 * @returns the bytes to send
 */
export async function withBody(
  headers: Record<string, string | string[] | undefined>,
  incoming: Readable,
  change: (body: string) => string,
): Promise<Buffer> {
  const was = await bytesOf(incoming)
  const body = Buffer.from(change(was), 'latin1')
  if (body.toString('latin1') === was) return body
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  headers['content-length'] = String(body.length)
  if (headers['x-amz-content-sha256']) headers['x-amz-content-sha256'] = createHash('sha256').update(body).digest('hex')
  if (headers['x-amz-checksum-crc32']) headers['x-amz-checksum-crc32'] = crc.toString('base64')
  if (headers['content-md5']) headers['content-md5'] = createHash('md5').update(body).digest('base64')
  return body
}
