import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SignatureV4 } from '@smithy/signature-v4'
import { SetupError } from '../errors'

// What every proxy in front of a store does: it listens, passes requests on, and signs anew what it has changed.

/** Plain keys of a local store; never those of a real account. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** One request on its way to the store. */
export interface Passing {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** Lower-case names; a header that is deleted here never reaches the store. */
  readonly headers: Record<string, string | string[] | undefined>
}

export interface RunningProxy {
  readonly endpoint: string
  close(): Promise<void>
}

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/**
 * Listens on loopback.
 * @param handle gets every request
 * @param expecting gets those with `Expect: 100-continue`, whose body is sent only once it is asked for
 * @throws SetupError when nobody may listen at the port
 */
export async function startProxy(handle: Handler, { port = 0, expecting }: Listening = {}): Promise<RunningProxy> {
  const server: Server = createServer(handle)
  if (expecting) server.on('checkContinue', expecting)
  // A body may take as long as it takes, and a client may keep its connection as long as it likes.
  server.requestTimeout = 0
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  }).catch((error: Error & { code?: string }) => {
    throw new SetupError(`Nothing can listen at port ${port} of this machine (${error.code}): choose another one.`)
  })
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Listening {
  readonly port?: number
  readonly expecting?: Handler
}

export interface Upstream {
  /**
   * Sends a request to the store.
   * @param body is streamed; undefined for none
   * @returns the answer, whose body has to be read or destroyed
   * @throws Error when there is no answer
   */
  send(passing: Passing, body?: Readable): Promise<IncomingMessage>
  close(): void
}

/** @param base URL of the store, `http://127.0.0.1:4566` */
export function openUpstream(base: string): Upstream {
  const { hostname, port } = new URL(base)
  const agent = new Agent({ keepAlive: true, noDelay: true })
  return {
    send: ({ method, path, headers }, body) =>
      new Promise((resolve, reject) => {
        const sent = request({ hostname, port, agent, method, path, headers }, resolve).on('error', reject)
        if (!body) return void sent.end()
        body.on('error', (error) => sent.destroy(error))
        body.pipe(sent)
      }),
    close: () => agent.destroy(),
  }
}

/** Passes an answer of the store on. */
export function passOn(answer: IncomingMessage, outgoing: ServerResponse, headers = answer.headers): void {
  const { connection: _, 'keep-alive': __, ...own } = headers
  outgoing.writeHead(answer.statusCode ?? 502, own)
  answer.on('error', () => outgoing.destroy())
  // Who asked has gone: nothing more is read for them.
  outgoing.on('close', () => void (answer.readableEnded || answer.destroy()))
  answer.pipe(outgoing)
}

/**
 * Signs a request as the SDK does: the path as it is, the body by the hash that the SDK has put into a header. Those that
 * somebody else has signed, or another version of the signature, stay as they are.
 */
export function signer(credentials: Credentials): (passing: Passing) => Promise<Record<string, string>> {
  const signature = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
  })
  return async ({ method, path, headers }) => {
    const isOwn = String(headers.authorization).includes(`Credential=${credentials.accessKeyId}/`)
    if (!isOwn) return headers as Record<string, string>
    const { authorization, connection, 'content-length': length, ...signed } = headers as Record<string, string>
    const { pathname, searchParams } = new URL(path, 'http://proxy')
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
