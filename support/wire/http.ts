import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP } from 'node:net'
import { type Exchange, link, noteClosed, type Sender } from './record'
import { recordedError, recordedHeaders, recordedPath } from './recorded'

/** The time limit for sending a request and receiving its whole response. */
const RESPONSE_MS = 5_000

/** A plain HTTP request. Its `host` header can differ from the host in the URL. */
export interface PlainRequest {
  /** `GET` if omitted. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface PlainResponse {
  readonly status: number
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends a request over plain HTTP, without the SDK and without credentials, and records it without secrets. Does not
 * follow redirects. Does not use `fetch`, which cannot set the `host` header.
 * @param exchanges the list to which the exchange is added before the request is sent; the response is added to the
 * exchange later
 * @throws Error if the response is not complete within five seconds or if the connection breaks
 */
export async function recordedFetch(
  url: string | URL,
  { method = 'GET', headers = {}, body }: PlainRequest,
  exchanges: Exchange[],
  by: Sender,
): Promise<PlainResponse> {
  const { protocol, hostname, pathname, searchParams } = new URL(url)
  const path = recordedPath({ path: pathname, query: Object.fromEntries(searchParams) })
  const exchange: Exchange = { by, operation: method, request: { method, path, headers: recordedHeaders(headers) } }
  exchanges.push(exchange)
  const send = protocol === 'https:' ? overHttps : overHttp
  const response = await new Promise<PlainResponse>((resolve, reject) => {
    // By default, Node checks the server's certificate against the `host` header, but the certificate is for the host
    // in the URL.
    const servername = isIP(hostname) ? '' : hostname
    const options = { method, headers, servername, signal: AbortSignal.timeout(RESPONSE_MS) }
    const outgoing = send(url, options, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const received = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(received),
          body: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  }).catch(noteClosed(exchange))
  exchange.response = { status: response.status, headers: recordedHeaders(response.headers) }
  if (response.status >= 300) Object.assign(exchange.response, recordedError(response.body))
  return link(response, exchange)
}
