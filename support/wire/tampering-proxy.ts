import { createHash } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { type LoopbackServer, listenOnLoopback } from './loopback'
import { type Credentials, signer } from './sign'

export interface ForwardedRequest {
  readonly method: string
  /** The path and the query, such as `/bucket/key?uploads`. */
  readonly path: string
  /** Names are in lower case. The `request` and `body` hooks may change the headers before they are forwarded. */
  readonly headers: Record<string, string | string[] | undefined>
}

/** A response from the store. Each character of the body stands for one byte. */
export interface StoreResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/**
 * Replaces the store's response. Each character of the body stands for one byte. `reset` closes the connection without
 * a response. `hang` leaves it open without a response.
 */
export type Replacement =
  | {
      readonly status: number
      /** If omitted, the proxy sends `Content-Type: application/xml`. */
      readonly headers?: IncomingHttpHeaders
      readonly body?: string
      /**
       * The delay before the request is forwarded. The store's response to it is discarded. If the delay is omitted,
       * the request is never forwarded. Applies only to the `request` hook.
       */
      readonly forwardAfterMs?: number
    }
  | 'reset'
  | 'hang'

export interface Tamper {
  /**
   * Called before a request is forwarded. Can return a replacement for the store's response. The request is then
   * forwarded only if `forwardAfterMs` is set.
   */
  request?(request: ForwardedRequest): Replacement | undefined | Promise<Replacement | undefined>
  /** Called with the body of a POST request. Returns the body to forward. */
  body?(request: ForwardedRequest, body: string): string | Promise<string>
  /** Called with the store's response. Can return a replacement for that response. */
  response?(request: ForwardedRequest, response: StoreResponse): Replacement | undefined
}

/**
 * Starts a proxy that forwards requests to a store and tampers with requests and responses.
 * @param upstream the base URL of the store, such as `http://127.0.0.1:4566`
 * @param credentials used to re-sign requests, so that a store that verifies signatures accepts changed headers. If
 * omitted, requests keep their signatures.
 */
export async function startTamperingProxy(
  upstream: string,
  tamper: Tamper,
  credentials?: Credentials,
): Promise<LoopbackServer> {
  const sign = credentials && signer(credentials)
  const { hostname, port } = new URL(upstream)
  const agent = new Agent({ keepAlive: true, noDelay: true })
  const closing = new AbortController()
  const forward = async (request: ForwardedRequest, body: Readable): Promise<IncomingMessage> => {
    const { method, path } = request
    const headers = sign && request.headers.authorization ? await sign(request) : request.headers
    return new Promise((resolve, reject) => {
      const forwarded = send({ hostname, port, agent, method, path, headers }, resolve).on('error', reject)
      body.on('error', (error) => forwarded.destroy(error))
      body.pipe(forwarded)
    })
  }
  const proxy = await listenOnLoopback(async (incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming
    const request: ForwardedRequest = { method, path, headers: { ...incoming.headers } }
    const replacement = await tamper.request?.(request)
    try {
      if (typeof replacement === 'object' && replacement.forwardAfterMs !== undefined) {
        const body = await textOf(incoming)
        setTimeout(replacement.forwardAfterMs, undefined, { signal: closing.signal })
          .then(() => forward(request, stream(body)))
          .then((response) => response.resume())
          .catch(() => {})
      }
      if (replacement) return replace(replacement, incoming, outgoing)

      const response = await forward(request, await bodyOf(incoming, request, tamper))
      if (!tamper.response) return passOn(response, outgoing)
      const original = { status: response.statusCode ?? 502, headers: response.headers, body: await textOf(response) }
      const replaced = tamper.response(request, original) ?? original
      replace(withLength(replaced, original), incoming, outgoing)
    } catch {
      incoming.socket.destroy()
    }
  })
  return {
    ...proxy,
    async close() {
      closing.abort()
      await proxy.close()
      agent.destroy()
    },
  }
}

function replace(replacement: Replacement, incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  if (replacement === 'hang') return
  if (replacement === 'reset') return void incoming.socket.destroy()
  const { status, headers = { 'content-type': 'application/xml' }, body = '' } = replacement
  outgoing.writeHead(status, endToEnd(headers)).end(Buffer.from(body, 'latin1'))
}

/** If the `response` hook has changed the body, updates the Content-Length of the response. */
function withLength(replaced: Replacement, original: StoreResponse): Replacement {
  if (typeof replaced === 'string' || !replaced.headers || replaced.body === original.body) return replaced
  return { ...replaced, headers: { ...replaced.headers, 'content-length': String(replaced.body?.length ?? 0) } }
}

function passOn(response: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(response.statusCode ?? 502, endToEnd(response.headers))
  response.on('error', () => outgoing.destroy())
  // If the client closes the connection, the proxy stops reading the store's response.
  outgoing.on('close', () => void (response.readableEnded || response.destroy()))
  response.pipe(outgoing)
}

/** Removes the hop-by-hop headers, which apply only to the connection to the store. */
function endToEnd({ connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...headers }: IncomingHttpHeaders) {
  return headers
}

/**
 * Returns the body to forward. If the `body` hook changes the body, also updates the length, hash and checksums in the
 * request's headers.
 */
async function bodyOf(incoming: IncomingMessage, request: ForwardedRequest, tamper: Tamper): Promise<Readable> {
  if (request.method !== 'POST' || !tamper.body) return incoming
  const original = await textOf(incoming)
  const body = await tamper.body(request, original)
  if (body !== original) {
    const bytes = Buffer.from(body, 'latin1')
    const crc = Buffer.alloc(4)
    crc.writeUInt32BE(crc32(bytes))
    const changed = {
      'content-length': String(bytes.length),
      'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      'x-amz-checksum-crc32': crc.toString('base64'),
      'content-md5': createHash('md5').update(bytes).digest('base64'),
    }
    for (const [name, value] of Object.entries(changed)) {
      if (request.headers[name] !== undefined) request.headers[name] = value
    }
  }
  return stream(body)
}

const stream = (body: string) => Readable.from([Buffer.from(body, 'latin1')])

/** Reads a whole body as text in which each character stands for one byte. */
function textOf(readable: Readable): Promise<string> {
  return text(readable.setEncoding('latin1'))
}
