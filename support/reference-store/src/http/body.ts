import type { IncomingMessage } from 'node:http'
import type { ChunkVerifier } from '../core/chunk-signature.ts'
import type { StoreRequest } from '../core/message.ts'
import { announcedTrailers, incomplete, newChunkedDecoder } from './chunked.ts'
import type { BodyPlan } from './head.ts'

interface Receiving {
  readonly head: StoreRequest
  readonly plan: Extract<BodyPlan, { kind: 'plain' | 'aws-chunked' }>
  /**
   * Reserves memory for received bytes.
   * @returns false if the bytes do not fit within `maxBytes`
   */
  readonly reserve: (bytes: number) => boolean
  readonly verifier?: ChunkVerifier
}

/**
 * Reads a body into a single buffer of the declared length. If the body does not fit within `maxBytes`, the rest of it
 * is read and discarded, because many clients read the response only after they have sent the entire body.
 * @returns a result without `body` if the body does not fit; undefined if the client has disconnected
 * @throws S3Error 400 IncompleteBody, MalformedTrailerError; 403 SignatureDoesNotMatch
 */
export async function receiveBody(
  incoming: IncomingMessage,
  receiving: Receiving,
): Promise<Pick<StoreRequest, 'body' | 'trailers'> | undefined> {
  const { head, plan, reserve, verifier } = receiving
  const { length } = plan
  // `Buffer.alloc` would fill the buffer with zeros, and thus commit all of its memory before any bytes arrive.
  let body: Buffer | undefined = Buffer.allocUnsafeSlow(length)
  let filled = 0
  const write = (bytes: Buffer) => {
    if (!body) return
    if (filled + bytes.length > length) throw incomplete()
    if (reserve(bytes.length)) bytes.copy(body, filled)
    else body = undefined
    filled += bytes.length
  }
  const trailers = announcedTrailers(head.headers)
  const decoder = plan.kind === 'aws-chunked' ? newChunkedDecoder({ length, write, trailers, verifier }) : undefined
  const push = decoder ? decoder.push : write

  let failure: unknown
  const isComplete = await readAll(incoming, (bytes) => {
    if (!body) return
    try {
      push(bytes)
    } catch (error) {
      failure = error
      body = undefined
    }
  })
  if (!isComplete) return undefined
  if (failure) throw failure
  if (!body) return {}
  const found = decoder?.end() ?? {}
  if (filled !== length) throw incomplete()
  return { body, trailers: found }
}

/**
 * Reads a body to its end.
 * @returns false if the client disconnects first
 */
export function readAll(incoming: IncomingMessage, onData: (bytes: Buffer) => void = () => {}): Promise<boolean> {
  return new Promise((resolve) => {
    if (incoming.readableEnded || incoming.destroyed) return resolve(incoming.readableEnded)
    incoming
      .on('data', onData)
      .on('end', () => resolve(incoming.complete))
      // `close` is also emitted after `end`, but resolving the promise a second time has no effect.
      .on('close', () => resolve(false))
      .on('error', () => resolve(false))
  })
}
