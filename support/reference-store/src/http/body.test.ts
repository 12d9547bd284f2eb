import { describe, expect, test, vi } from 'vitest'
import { newFakeStore } from '../../test/fake-store.ts'
import { code, dial, get, HOST, start } from '../../test/server.ts'

describe('a body', () => {
  test.each(['abc', '', 'a'.repeat(300_000)])(
    'A body that arrives in pieces is received completely (%#)',
    async (body) => {
      const { server, store } = await start()
      const client = await dial(server)
      client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: ${body.length}\r\n\r\n`)
      for (let at = 0; at < body.length; at += 50_000) {
        client.write(body.slice(at, at + 50_000))
        await new Promise((resolve) => setImmediate(resolve))
      }

      expect((await client.next()).status).toBe(200)
      expect(store.finished[0]?.body?.toString()).toBe(body)
      expect(store.reserved).toBe(body.length)
    },
  )

  test.each([
    ['GET /b/k', ''],
    ['HEAD /b/k', ''],
    ['DELETE /b/k', ''],
    ['OPTIONS /b/k', ''],
    ['PUT /b/k', 'x-amz-copy-source: /b/l\r\n'],
    ['POST /b/k?uploads', ''],
    ['POST /b/k?uploads=&x-id=CreateMultipartUpload', ''],
    ['GET /b?list-type=2', ''],
  ])('A body sent with %s is ignored, and the connection can be reused', async (line, headers) => {
    const { server, store } = await start()
    const client = await dial(server)
    for (const framing of [
      'Content-Length: 1\r\n\r\na',
      'Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
      '\r\n',
    ]) {
      client.write(`${line} HTTP/1.1\r\n${HOST}${headers}${framing}`)
      expect((await client.next(line.startsWith('HEAD'))).status).toBe(200)
    }
    client.write(get())
    expect((await client.next()).status).toBe(200)
    expect(store.finished.map(({ body }) => body)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('A request whose body is ignored gets a response before the body arrives', async () => {
    const { server } = await start()
    const client = await dial(server)
    client.write(`GET /b/k HTTP/1.1\r\n${HOST}Content-Length: 1\r\n\r\n`)
    expect((await client.next()).status).toBe(200)
    client.write(`a${get()}`)
    expect((await client.next()).status).toBe(200)
  })

  test.each([
    ['without a length', 'PUT /b/k', '', ''],
    ['without a length', 'POST /b?delete', '', ''],
    [
      'encoded with aws-chunked but without its decoded length',
      'PUT /b/k',
      'Content-Encoding: aws-chunked\r\nContent-Length: 5\r\n',
      '0\r\n\r\n',
    ],
  ])('A body %s fails with 411 MissingContentLength (%s)', async (_, line, headers, body) => {
    const { server, store } = await start()
    const client = await dial(server)
    client.write(`${line} HTTP/1.1\r\n${HOST}${headers}\r\n${body}${get()}`)

    const response = await client.next()
    expect([response.status, code(response.body)]).toEqual([411, 'MissingContentLength'])
    expect((await client.next()).status).toBe(200)
    expect(store.finished).toHaveLength(1)
  })

  test('A body with Transfer-Encoding: chunked fails with 501 NotImplemented, and the error names the header', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n${get()}`)

    const response = await client.next()
    expect([response.status, code(response.body)]).toEqual([501, 'NotImplemented'])
    expect(response.body).toContain('<Header>Transfer-Encoding</Header>')
    expect((await client.next()).status).toBe(200)
    expect(store.finished).toHaveLength(1)
  })

  test('A body with both Transfer-Encoding: chunked and aws-chunked is decoded together with its trailers', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    const inner = '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n'
    const head = [
      'PUT /b/k HTTP/1.1',
      'Host: localhost',
      'Content-Encoding: aws-chunked, gzip',
      'X-Amz-Decoded-Content-Length: 3',
      'X-Amz-Trailer: x-amz-checksum-crc32',
      'X-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    ].join('\r\n')
    client.write(`${head}\r\nTransfer-Encoding: chunked\r\n\r\n`)
    for (const byte of inner) client.write(`1\r\n${byte}\r\n`)
    client.write('0\r\n\r\n')

    expect((await client.next()).status).toBe(200)
    client.write(`${head}\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`)
    expect((await client.next()).status).toBe(200)
    for (const { body, trailers, headers } of store.finished) {
      expect(body?.toString()).toBe('abc')
      expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'NSRBwg==' })
      expect(headers['content-encoding']).toBe('gzip')
    }
  })

  test.each([
    ['Content-Length: 11', '2\r\nab\r\n0\r\n\r\n'.slice(0, 11)],
    ['Content-Length: 10', '3\r\nabc\r\n0\r'.slice(0, 10)],
    ['Transfer-Encoding: chunked', '3\r\nabc\r\n0\r\n\r\n'],
  ])('A malformed aws-chunked body fails with 400 IncompleteBody (%s)', async (framing, body) => {
    const { server, store } = await start()
    const client = await dial(server)
    const encoding = 'Content-Encoding: aws-chunked\r\nX-Amz-Decoded-Content-Length: 3\r\n'
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}${encoding}${framing}\r\n\r\n${body}`)

    expect(code((await client.next()).body)).toBe('IncompleteBody')
    expect([store.finished, store.abandoned]).toEqual([[], 1])
    client.write(get())
    expect((await client.next()).status).toBe(200)
  })

  test('A body is discarded when the connection breaks', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 10\r\n\r\nabc`)
    await vi.waitFor(() => expect(store.reserved).toBe(3))
    client.socket.destroy()

    await vi.waitFor(() => expect(store.abandoned).toBe(1))
    expect([store.finished, store.logged]).toEqual([[], []])
  })

  test('A body is discarded when the client ends it early', async () => {
    const { server, store } = await start()
    const client = await dial(server)
    client.write(
      `PUT /b/k HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nX-Amz-Decoded-Content-Length: 3\r\n\r\n1\r\na\r\n`,
    )
    client.socket.end()

    await vi.waitFor(() => expect(store.abandoned).toBe(1))
    expect(store.finished).toEqual([])
  })

  test.each([
    ['of known length', 300_000, 'Content-Length: 300000\r\n'],
    ['larger than 4 GiB', 0, `Content-Length: ${5 * 1024 ** 3}\r\nExpect: 100-continue\r\n`],
  ])('A body %s that exceeds the memory limit of the store fails with 503', async (_, size, framing) => {
    const { server, store } = await start(newFakeStore(100_000))
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}${framing}\r\n`)
    client.write('a'.repeat(size))

    expect((await client.next()).status).toBe(503)
    expect(store.finished[0]?.body).toBeUndefined()
    expect(store.reserved).toBe(0)
  })

  test('A connection can be reused after a body that exceeds the memory limit of the store', async () => {
    const { server, store } = await start(newFakeStore(100_000))
    store.reserved = 50_000
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 90000\r\n\r\n${'a'.repeat(90_000)}`)
    expect((await client.next()).status).toBe(503)
    client.write(get())
    expect((await client.next()).status).toBe(200)
  })

  test('A body larger than 5 GiB fails with 400 EntityTooLarge immediately', async () => {
    const { server } = await start()
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: ${5 * 1024 ** 3 + 1}\r\n\r\n${'a'.repeat(100_000)}`)
    const { headers, body } = await client.next()
    expect(code(body)).toBe('EntityTooLarge')
    expect(headers).toContain('Connection: close')
    await client.closed()
  })
})
