import { Readable } from 'node:stream'

/** The longest pause between bytes of an object. One longer pause is tolerated, because this process may have hung. */
const PAUSE_MS = 1_000

/**
 * Reads a whole body. If the store sends fewer bytes of an object than it announced, returns the bytes that arrived.
 * Listens to events, because iterating over the stream would destroy it at the end, together with its connection, which
 * may already be in use again.
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
