import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

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
}

export interface Liar {
  readonly endpoint: string
  close(): Promise<void>
}

/**
 * A proxy in front of a store that tells a lie, to see the suite catch it. Deleting a header works in front of stores
 * that do not verify signatures; changing answers works in front of all.
 * @param upstream base URL of the store, `http://127.0.0.1:4566`
 */
export async function startLiar(upstream: string, lie: Lie): Promise<Liar> {
  const { hostname, port } = new URL(upstream)
  const server = createServer((incoming, outgoing) => {
    const say = (said: Said) => {
      incoming.resume()
      if (said === 'nothing') incoming.socket.destroy()
      else outgoing.writeHead(said.status, { 'content-type': 'application/xml' }).end(said.body)
    }
    const { method = '', url: path = '' } = incoming
    const passing: Passing = { method, path, headers: { ...incoming.headers } }
    const said = lie.request?.(passing)
    if (said) return say(said)

    const forwarded = request({ hostname, port, method, path, headers: passing.headers }, (answer) => {
      const status = answer.statusCode ?? 502
      const instead = lie.answer?.(passing, status)
      if (instead) {
        answer.resume()
        return say(instead)
      }
      outgoing.writeHead(status, answer.headers)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => incoming.socket.destroy())
    incoming.pipe(forwarded)
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
