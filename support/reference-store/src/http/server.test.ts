import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { newFakeStore } from '../../test/fake-store.ts'
import { code, dial, get, HOST, LOOPBACK, start } from '../../test/server.ts'
import { listen } from './server.ts'

describe('Expect: 100-continue', () => {
  const expecting = `PUT /b/k HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`

  test('A client that sends Expect: 100-continue gets a 100 before it sends the body', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    client.write(expecting)
    expect((await client.next()).status).toBe(100)
    client.write('abc')
    const { status, headers } = await client.next()
    expect([status, headers.join()]).toEqual([200, expect.not.stringContaining('Connection')])
    expect(store.finished[0]?.body?.toString()).toBe('abc')
  })

  test('A client that sends Expect: 100-continue gets an early response instead of a 100, and the connection is closed', async () => {
    const { server, store } = await start()
    store.early = { status: 501, headers: {}, body: [Buffer.from('a')] }
    const client = await dial(server)
    client.write(expecting)

    const { status, headers, body } = await client.next()
    expect([status, body]).toEqual([501, 'a'])
    expect(headers).toContain('Connection: close')
    await client.closed()
    expect([store.finished, store.abandoned]).toEqual([[], 1])
  })

  test('A client that sends Expect: 100-continue for a chunked body gets a 501 instead of a 100', async () => {
    const { server } = await start()
    const client = await dial(server)
    client.write(expecting.replace('Content-Length: 3', 'Transfer-Encoding: chunked'))
    expect((await client.next()).status).toBe(501)
    await client.closed()
  })

  test('Expect: 100-continue does not affect a request without a body', async () => {
    const { server, store } = await start()
    store.early = { status: 501, headers: {}, body: [] }
    const client = await dial(server)
    client.write(expecting.replace('Length: 3', 'Length: 0'))
    expect((await client.next()).status).toBe(100)
    const { status, headers } = await client.next()
    expect([status, headers.join()]).toEqual([200, expect.not.stringContaining('Connection')])
    client.write(get())
    expect((await client.next()).status).toBe(200)
  })

  test('Without Expect: 100-continue, a request is read to its end even if an early response is available', async () => {
    const { server, store } = await start()
    store.early = { status: 501, headers: {}, body: [] }
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\nabc`)
    expect((await client.next()).status).toBe(200)
    expect(store.finished[0]?.body?.toString()).toBe('abc')
  })
})

describe('the head of a request', () => {
  test.each([8_000, 20_000, 300_000])('A request head of %d bytes gets a response', async (size) => {
    const { server } = await start()
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 0\r\nx-amz-meta-a: ${'a'.repeat(size)}\r\n\r\n`)

    const { status, body } = await client.next()
    expect([status, code(body)]).toEqual(size > 8192 ? [400, 'RequestHeaderSectionTooLarge'] : [200, undefined])
  })

  test('A request that is not HTTP fails with 400', async () => {
    const { server } = await start()
    const client = await dial(server)
    client.write('not HTTP\r\n\r\n')
    const { status, headers } = await client.next()
    expect(status).toBe(400)
    expect(headers).toContain('Connection: close')
    await client.closed()
  })

  test('The names of request headers are converted to lower case, and the values of repeated headers are joined', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    const headers = 'Host: other\r\nIF-Match: "a"\r\nif-match: "b"\r\nx-amz-meta-a: \xe9\r\n'
    client.write(Buffer.from(`GET http://b.localhost:1/k?a=%C3%A9 HTTP/1.1\r\n${headers}\r\n`, 'latin1'))
    await client.next()
    expect(store.finished[0]).toEqual({
      method: 'GET',
      url: '/k?a=%C3%A9',
      headers: { host: 'b.localhost:1', 'if-match': '"a","b"', 'x-amz-meta-a': 'é' },
    })
  })
})

describe('listen', () => {
  test('The server fails with a message that names the address and the correction if it cannot listen', async () => {
    const { port } = await start()
    await expect(listen(newFakeStore(), { host: LOOPBACK, port })).rejects.toThrow(
      `Port ${port} is already in use. Choose another port with --port, or omit --port to use any free port.`,
    )
    await expect(listen(newFakeStore(), { host: '192.0.2.1', port: 0 })).rejects.toThrow('192.0.2.1 is not an address')
  })

  test('The server listens on the loopback address, and close() closes all connections', async () => {
    const { server, port } = await start()
    expect(server.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const [idle, busy] = [await dial(server), await dial(server)]
    busy.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\n`)
    await server.close()
    await idle.closed()
    await busy.closed()
    const free = createServer().listen(port, LOOPBACK)
    await once(free, 'listening')
    free.close()
  })

  test('The server handles requests to the control endpoint /_reference/', async () => {
    const { server, store } = await start()
    const post = (body: string) => fetch(`${server.endpoint}/_reference/faults`, { method: 'POST', body })
    expect((await post('conflict:PutObject:times=1')).status).toBe(204)
    const list = await fetch(`${server.endpoint}/_reference/faults`)
    expect([list.headers.get('content-type'), await list.json()]).toEqual([
      'application/json',
      [{ fault: 'conflict', operation: 'PutObject', times: 1 }],
    ])
    const wrong = await post('explosion:PutObject')
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('Invalid fault')])
    expect((await post('a'.repeat(2_000_000))).status).toBe(400)
    expect(store.finished).toEqual([])
  })
})
