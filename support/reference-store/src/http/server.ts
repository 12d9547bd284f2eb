import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { newChunkVerifier } from '../core/chunk-signature.ts'
import { asS3Error, type StoreResponse } from '../core/message.ts'
import { respondFailure } from '../core/respond.ts'
import type { Store } from '../core/store.ts'
import type { Settings } from '../options.ts'
import { readAll, receiveBody } from './body.ts'
import { control, isControl } from './control.ts'
import { headOf, MAX_BODY, planBody } from './head.ts'
import { send } from './send.ts'

export interface Listening {
  /** For example, `http://127.0.0.1:4570`. */
  readonly endpoint: string
  /** Stops the server and closes all connections. */
  close(): Promise<void>
}

/** The total header size, in bytes, above which Node returns 431. `planBody` enforces Amazon S3's smaller limit. */
const MAX_HEADER_SIZE = 1024 * 1024

/**
 * Serves a store over HTTP.
 * @throws Error if the server cannot listen; the message says which option to change
 */
export async function listen(store: Store, { host, port }: Pick<Settings, 'host' | 'port'>): Promise<Listening> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE, requireHostHeader: false, keepAliveTimeout: 60_000 })
  // A client may take as long as it needs to send a body.
  server.requestTimeout = 0
  const serve = (awaitsContinue: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) => {
    outgoing.on('error', () => {})
    // If a client expects a 100 and the store sends only a final response, Node closes the connection. To avoid this,
    // the store sends a 100 at once if the request has no body.
    const waits = awaitsContinue && hasBody(incoming)
    if (awaitsContinue && !waits) outgoing.writeContinue()
    void exchange(store, incoming, outgoing, { waits })
  }
  server.on('request', serve(false)).on('checkContinue', serve(true)).on('checkExpectation', serve(false))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  }).catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(error, host, port)
  })
  const { address, family, port: actual } = server.address() as AddressInfo
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return {
    endpoint: `http://${family === 'IPv6' && reachable === address ? `[${address}]` : reachable}:${actual}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const another = 'Choose another port with --port, or omit --port to use any free port.'
  const messages: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is already in use. ${another}`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose another address with --host, or omit --host to listen on 127.0.0.1.`,
  }
  const message =
    messages[error.code ?? ''] ??
    `Cannot listen: ${error.message}. Choose another port with --port or another address with --host, or omit both options.`
  return new Error(message, { cause: error })
}

interface Client {
  /** Whether the client waits for `100 Continue` before it sends the body. */
  waits: boolean
}

/** Serves one request. Never rejects: an unexpected exception is logged, and the response is 500 InternalError. */
async function exchange(
  store: Store,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  client: Client,
): Promise<void> {
  const options = () => ({ now: store.options.now(), isLast: isUnread(incoming, client) })
  try {
    const response = await respondTo(store, incoming, outgoing, client)
    if (response) send(incoming, outgoing, response, options())
  } catch (error) {
    if (error === incoming.errored) return
    const failure = asS3Error(error, incoming, store.options.log)
    if (outgoing.headersSent) return void incoming.socket.destroy()
    if (!options().isLast) await readAll(incoming)
    send(incoming, outgoing, respondFailure(failure), options())
  }
}

/** Whether the request has a body that the client has not yet sent or that is too large to read. */
function isUnread({ headers, readableFlowing }: IncomingMessage, { waits }: Client): boolean {
  return waits || (readableFlowing === null && Number(headers['content-length'] ?? 0) > MAX_BODY)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** @returns the response; undefined if the client has disconnected */
async function respondTo(
  store: Store,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  client: Client,
): Promise<StoreResponse | undefined> {
  const mayContinue = () => {
    if (client.waits) outgoing.writeContinue()
    client.waits = false
  }
  if (isControl(incoming.url)) {
    mayContinue()
    return control(store, incoming, await text(incoming))
  }
  const head = headOf(incoming)
  const plan = planBody(head, incoming)
  const verifier = newChunkVerifier(head, store.options)
  const pending = store.receive(head)
  try {
    if (client.waits && pending.early) return pending.early
    if (plan.kind !== 'ignored' && plan.length > store.options.maxBytes && !pending.reserve(plan.length)) {
      // A client that is waiting for `100 Continue` has not sent its body, so there is nothing to read.
      if (!client.waits) await readAll(incoming)
      return await pending.finish(undefined)
    }
    mayContinue()
    if (plan.kind === 'ignored') {
      // The body is read and discarded while the response is being sent, so that the connection can be reused.
      incoming.on('error', () => {}).resume()
      return await pending.finish(undefined)
    }
    const received = await receiveBody(incoming, { head, plan, reserve: pending.reserve, verifier })
    return received && (await pending.finish(received.body, received.trailers))
  } finally {
    // If `finish` has been called, `abandon` has no effect.
    pending.abandon()
  }
}
