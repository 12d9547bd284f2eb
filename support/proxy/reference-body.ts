import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

/** Beyond it a body is kept in a file of the folder for temporary files. */
const IN_MEMORY = 16 * 1024 * 1024

/** A body that is complete, so that what depends on it can be decided. */
export interface Body {
  readonly size: number
  /** All of it, to be sent; of what is in memory no copy is made. */
  stream(): Readable
  discard(): Promise<void>
}

/**
 * Takes a body to its end.
 * @throws Error when it breaks off; then nothing of it is left
 */
export async function spool(from: AsyncIterable<Buffer>, inMemory = IN_MEMORY): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  let file: ReturnType<typeof createWriteStream> | undefined
  const discard = async () => {
    chunks.length = 0
    if (file) await rm(file.path, { force: true })
  }
  try {
    for await (const chunk of from) {
      size += chunk.length
      if (!file && size <= inMemory) {
        chunks.push(chunk)
        continue
      }
      if (!file) {
        file = createWriteStream(join(tmpdir(), `s3cr-body-${randomBytes(8).toString('hex')}`), { mode: 0o600 })
        for (const one of chunks.splice(0)) file.write(one)
      }
      if (!file.write(chunk)) await once(file, 'drain')
    }
    if (file) {
      file.end()
      await once(file, 'finish')
    }
  } catch (error) {
    file?.destroy()
    await discard()
    throw error
  }
  return { size, stream: () => (file ? createReadStream(file.path) : Readable.from(chunks)), discard }
}

/** A small body as text. */
export async function textOf(from: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of from) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Whether a body comes in chunks that say their length, and may be signed, each. */
export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    /^STREAMING-/.test(headers['x-amz-content-sha256'] ?? '') || /aws-chunked/.test(headers['content-encoding'] ?? '')
  )
}

/** The bytes in a body of `aws-chunked`, without the lengths, signatures and trailers between them. */
export async function* unchunked(from: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  let left = -1
  for await (const chunk of from) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    while (rest.length > 0) {
      if (left < 0) {
        const end = rest.indexOf('\r\n')
        if (end < 0) break
        left = Number.parseInt(rest.subarray(0, end).toString(), 16)
        rest = rest.subarray(end + 2)
        if (!(left > 0)) return
      }
      const taken = Math.min(left, rest.length)
      if (taken > 0) yield rest.subarray(0, taken)
      left -= taken
      rest = rest.subarray(taken)
      if (left > 0) break
      if (rest.length < 2) break
      rest = rest.subarray(2)
      left = -1
    }
  }
}
