import { Readable } from 'node:stream'

/** How long a store may pause between the bytes of an object, twice: the first pause can be one of this process. */
const PAUSE_MS = 1_000

/**
 * The whole body. For an object, the bytes received so far if the store sends fewer than it announced. It listens to
 * events, since iterating over a stream destroys it at the end, and with it a connection that may be in use again.
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
