import { Readable } from 'node:stream'

/** How long a store may pause within the bytes of an object, twice: once it may be this process that has paused. */
const PAUSE_MS = 1_000

/**
 * The whole body; of an object, what has come of it where a store announces more bytes than it sends.
 * By its events: to iterate over a stream ends with destroying it, and with it the connection, at times in use again.
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
