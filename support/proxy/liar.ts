import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Credentials } from '../stores/store'
import { type Answered, bytesOf, withBody } from './changes'

/** One request on its way to the store. */
export interface Passing {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** Lower-case names; a header that is deleted here never reaches the store. */
  readonly headers: Record<string, string | string[] | undefined>
}

/** What the liar says instead of the store; `'nothing'` closes the connection. */
export type Said = { readonly status: number; readonly body?: string } | 'nothing'

export interface Lie {
  /** Called before a request is passed on; what it returns is said at once, and the store hears nothing. */
  request?(passing: Passing): Said | undefined
  /** Called with the store's status; what it returns is said instead of the store's answer. */
  answer?(passing: Passing, status: number): Said | undefined
  /** Called with the body of a POST; what it returns is sent instead. */
  body?(passing: Passing, body: string): string
  /** Called with the store's answer; what it returns is said instead. */
  change?(passing: Passing, answer: Answered): Answered
}

export interface Liar {
  readonly endpoint: string
  close(): Promise<void>
}

/**
 * A proxy in front of a store that tells a lie, to see the suite catch it.
 * @param upstream base URL of the store, `http://127.0.0.1:4566`
 * @param credentials those of the store: requests are signed anew with them, so that a store that verifies signatures
 * does not notice that a header is missing
 */
export async function startLiar(upstream: string, lie: Lie, credentials?: Credentials): Promise<Liar> {
  const { hostname, port } = new URL(upstream)
  const sign = credentials && signer(credentials)
  const server = createServer(async (incoming, outgoing) => {
    const say = (said: Said) => {
      incoming.resume()
      if (said === 'nothing') incoming.socket.destroy()
      else outgoing.writeHead(said.status, { 'content-type': 'application/xml' }).end(said.body)
    }
    const { method = '', url: path = '' } = incoming
    const passing: Passing = { method, path, headers: { ...incoming.headers } }
    const said = lie.request?.(passing)
    if (said) return say(said)

    const change = method === 'POST' ? lie.body : undefined
    const changed = change && (await withBody(passing.headers, incoming, (body) => change(passing, body)))
    const headers = sign && passing.headers.authorization ? await sign(passing) : passing.headers
    const forwarded = request({ hostname, port, method, path, headers }, async (answer) => {
      const status = answer.statusCode ?? 502
      const instead = lie.answer?.(passing, status)
      if (instead) {
        answer.resume()
        return say(instead)
      }
      if (!lie.change) {
        outgoing.writeHead(status, answer.headers)
        return answer.pipe(outgoing)
      }
      const { 'transfer-encoding': _, ...own } = answer.headers
      const was = { status, headers: own, body: await bytesOf(answer) }
      const { status: now, headers: said, body } = lie.change(passing, was)
      const length = body === was.body ? {} : { 'content-length': String(body.length) }
      outgoing.writeHead(now, { ...said, ...length }).end(Buffer.from(body, 'latin1'))
    })
    forwarded.on('error', () => incoming.socket.destroy())
    if (changed) forwarded.end(changed)
    else incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Signs a request as the SDK does: the path as it is, the body by the hash that the SDK has put into a header. */
function signer(credentials: Credentials): (passing: Passing) => Promise<Record<string, string>> {
  const signature = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
  })
  return async ({ method, path, headers }) => {
    const { authorization, connection, 'content-length': length, ...signed } = headers as Record<string, string>
    const { pathname, searchParams } = new URL(path, 'http://liar')
    const request = {
      method,
      protocol: 'http:',
      hostname: signed.host ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: signed,
    }
    const { headers: all } = await signature.sign(request)
    return length === undefined ? all : { ...all, 'content-length': length }
  }
}

class Sha256 {
  private hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }

  update(data: Uint8Array): void {
    this.hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }

  reset(): void {
    this.hash = createHash('sha256')
  }
}
