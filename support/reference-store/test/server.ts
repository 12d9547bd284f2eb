import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, vi } from 'vitest'
import { type Listening, listen } from '../src/http/server.ts'
import { newFakeStore } from './fake-store.ts'

/** Functions that are called at the end of a test to close its servers and clients. */
export const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

export const LOOPBACK = '127.0.0.1'
const portOf = ({ endpoint }: Listening) => Number(new URL(endpoint).port)

/** Starts a server for a fake store. The server is closed when the test ends. */
export async function start(store = newFakeStore()) {
  const server = await listen(store, { host: LOOPBACK, port: 0 })
  open.push(server.close)
  return { store, server, port: portOf(server) }
}

/** Connects a client that sends raw bytes. */
export async function dial(server: Listening) {
  const socket: Socket = connect(portOf(server), LOOPBACK)
  let text = ''
  let isClosed = false
  socket.setEncoding('latin1').on('data', (more) => {
    text += more
  })
  socket
    .on('error', () => {})
    .on('close', () => {
      isClosed = true
    })
  open.push(() => socket.destroy())
  await once(socket, 'connect')
  return {
    socket,
    write: (data: string | Buffer) => void socket.write(data),
    closed: () => vi.waitFor(() => expect(isClosed).toBe(true), 5_000),
    isClosed: () => isClosed,
    text: () => text,
    /** Waits until the next response has been received in full, according to its Content-Length. */
    async next(isHead = false) {
      const read = () => {
        const end = text.indexOf('\r\n\r\n')
        expect(end).toBeGreaterThan(0)
        const head = text.slice(0, end)
        const length = isHead ? 0 : Number(/^Content-Length: (\d+)$/m.exec(head)?.[1] ?? 0)
        expect(text.length).toBeGreaterThanOrEqual(end + 4 + length)
        const body = text.slice(end + 4, end + 4 + length)
        text = text.slice(end + 4 + length)
        const [line = '', ...headers] = head.split('\r\n')
        return { status: Number(line.split(' ')[1]), headers, body }
      }
      return vi.waitFor(read, 5_000)
    },
  }
}

export const HOST = 'Host: localhost\r\n'
/** Returns the error code in an XML body. */
export const code = (body: string) => /<Code>(\w+)/.exec(body)?.[1]
export const get = (path = '/b/k') => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`
