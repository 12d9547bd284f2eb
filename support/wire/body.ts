import { Readable } from 'node:stream'

/**
 * How long to wait for the next bytes of an object. If none arrive, `bytesOf` waits once more, because this process
 * itself may have been blocked.
 */
const PAUSE_MS = 1_000

/**
 * Reads a whole body. If the body is an object and the store stops sending it, returns the bytes received so far.
 * Listens to the stream's events instead of iterating over the stream. Iteration would destroy the stream after its
 * last byte, together with its connection, which another request may already be using.
 */
export function bytesOf(body: unknown, ofObject: boolean): Promise<Buffer> {
  if (!(body instanceof Readable)) return Promise.resolve(Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let pauses = 0
    const end = () => {
      clearTimeout(pause)
      resolve(Buffer.concat(chunks))
    }
    const paused = () => {
      pauses += 1
      if (pauses < 2) return void pause?.refresh()
      end()
      body.destroy()
    }
    const pause = ofObject ? setTimeout(paused, PAUSE_MS) : undefined
    body
      .on('data', (chunk: Uint8Array) => {
        chunks.push(Buffer.from(chunk))
        pauses = 0
        pause?.refresh()
      })
      .on('end', end)
      .on('error', (error) => {
        clearTimeout(pause)
        reject(error)
      })
  })
}
