import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request on its way to the store, as a fault is chosen by it. */
export interface Sent {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** How many requests came before it. */
  readonly before: number
}

/** What happens to a request instead of being passed on. */
export type Fault =
  /** It is answered at once, and the store hears nothing. */
  | {
      readonly status: number
      readonly code?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly region?: string
    }
  /** The connection breaks. */
  | 'reset'
  /** It is never answered. */
  | 'hang'
  /** It takes so many milliseconds longer. */
  | { readonly delay: number }
  /** It is accepted at once, and has its effect so many milliseconds later. */
  | { readonly late: number }
  /** Its answer has these headers, too. */
  | { readonly add: Readonly<Record<string, string>> }

export interface FaultyCloud {
  readonly endpoint: string
  close(): Promise<void>
}

/**
 * A proxy in front of a store that does what clouds do: to some requests it does something else than to pass them on.
 * What it passes on it leaves as it is, so that a signature stays right.
 * @param upstream base URL of the store
 * @param faultOf chooses; undefined passes the request on
 * @param clock milliseconds that the store's clock seems to be ahead
 */
export async function startFaultyCloud(
  upstream: string,
  faultOf: (sent: Sent) => Fault | undefined,
  clock = 0,
): Promise<FaultyCloud> {
  let count = 0
  const late = new Set<NodeJS.Timeout>()
  const server = createServer(async (incoming, outgoing) => {
    if (clock) outgoing.setHeader('date', new Date(Date.now() + clock).toUTCString())
    const { method = '', url: path = '', headers } = incoming
    const fault = faultOf({ method, path, headers, before: count++ })
    if (fault === 'reset') return void incoming.socket.destroy()
    if (fault === 'hang') return void incoming.resume()
    if (fault && 'status' in fault) {
      incoming.resume()
      const { status, code = '', region } = fault
      const named = region ? `<Region>${region}</Region>` : ''
      const body = `<Error><Code>${code}</Code><Message>As a cloud would.</Message>${named}</Error>`
      return void outgoing
        .writeHead(status, { 'content-type': 'application/xml', ...fault.headers })
        .end(method === 'HEAD' ? '' : body)
    }
    const body = await bytesOf(incoming)
    if (fault && 'late' in fault) {
      outgoing.writeHead(200).end()
      late.add(setTimeout(() => pass(upstream, incoming, body), fault.late))
      return
    }
    if (fault && 'delay' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delay))
    pass(upstream, incoming, body, outgoing, fault && 'add' in fault ? fault.add : {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const timer of late) clearTimeout(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Passes a request on, and its answer back where somebody waits for it. */
function pass(
  upstream: string,
  { method, url: path, headers, socket }: IncomingMessage,
  body: Buffer,
  outgoing?: ServerResponse,
  add: Readonly<Record<string, string>> = {},
): void {
  const { hostname, port } = new URL(upstream)
  const forwarded = request({ hostname, port, method, path, headers }, (answer) => {
    if (!outgoing) return void answer.resume()
    const { date, ...others } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 502, { ...(outgoing.hasHeader('date') ? others : answer.headers), ...add })
    answer.pipe(outgoing)
  })
  forwarded.on('error', () => socket.destroy())
  forwarded.end(body)
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A number from 0 to 1 for each call, the same ones in every run. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
