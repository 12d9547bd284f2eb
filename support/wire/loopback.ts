import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LoopbackServer {
  /** The URL of the server, such as `http://127.0.0.1:54321`. */
  readonly endpoint: string
  close(): Promise<void>
}

/**
 * Starts an HTTP server on a free port of the loopback interface.
 * @param onContinue handles requests with `Expect: 100-continue`; if omitted, Node sends `100 Continue` and calls
 * `onRequest`
 */
export async function listenOnLoopback(
  onRequest: RequestListener,
  onContinue?: RequestListener,
): Promise<LoopbackServer> {
  const server = createServer(onRequest)
  if (onContinue) server.on('checkContinue', onContinue)
  // A client may take as long as it needs to send a request.
  server.requestTimeout = 0
  // Idle connections stay open for a minute, because clients reuse connections.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
