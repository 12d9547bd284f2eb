import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP } from 'node:net'
import { type Exchange, link, noteClosed, recordedError, recordedHeaders, recordedPath, type Sender } from './record'

/** How long an answer may take, to its last byte. */
const ANSWER_MS = 5_000

/** What is sent; `host` among the headers may name another host than the URL's. */
export interface PlainRequest {
  /** `GET` without it. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface PlainResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends a request over plain HTTP, without the SDK and without credentials, and records it. Redirects are not followed.
 * Not `fetch`, which does not let a request name another host than the one that it connects to.
 * @param exchanges gets the request, and the answer once it is complete; nothing secret is recorded
 * @param by who sends it
 * @throws Error when no whole answer comes within five seconds, or it breaks off
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
  const { bytes, ...answer } = await new Promise<Omit<PlainResponse, 'body'> & { bytes: Buffer }>((resolve, reject) => {
    // The certificate is that of the host that is connected to; Node would take the one that `host` names.
    const servername = isIP(hostname) ? '' : hostname
    const options = { method, headers, servername, signal: AbortSignal.timeout(ANSWER_MS) }
    const sent = send(url, options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(received),
          bytes: Buffer.concat(chunks),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  }).catch(noteClosed(exchange))
  const text = bytes.toString('utf8')
  exchange.response = { status: answer.status, headers: recordedHeaders(answer.headers) }
  if (answer.status >= 300) Object.assign(exchange.response, recordedError(text))
  return link({ ...answer, body: text }, exchange)
}
