import { describe, expect, test } from 'vitest'
import { code, dial, get, HOST, start } from '../../test/server.ts'

describe('a response', () => {
  test('A response has its own headers in their original spelling, and a Content-Length', async () => {
    const { server, store } = await start()
    store.respond = () => ({
      status: 200,
      headers: { ETag: '"a"', 'x-amz-id-2': 'x' },
      body: [Buffer.from('ab'), Buffer.from('c')],
    })
    const client = await dial(server)
    client.write(get())

    expect(await client.next()).toEqual({
      status: 200,
      headers: [
        'ETag: "a"',
        'x-amz-id-2: x',
        'Date: Wed, 25 Nov 2026 10:11:12 GMT',
        'Content-Length: 3',
        'Server: AmazonS3',
      ],
      body: 'abc',
    })
    client.write(get())
    expect((await client.next()).body).toBe('abc')
    expect(store.finished[0]).toEqual({ method: 'GET', url: '/b/k', headers: { host: 'localhost' } })
  })

  test.each([204, 304])('A response with status %d has no Content-Length', async (status) => {
    const { server, store } = await start()
    store.respond = () => ({ status, headers: {}, body: [] })
    const client = await dial(server)
    client.write(get())

    expect((await client.next()).headers).toEqual(['Date: Wed, 25 Nov 2026 10:11:12 GMT', 'Server: AmazonS3'])
    client.write(get())
    expect((await client.next()).status).toBe(status)
  })

  test('A response to HEAD has the Content-Length of the GET response, and no body', async () => {
    const { server, store } = await start()
    store.respond = () => ({ status: 200, headers: {}, body: [Buffer.alloc(17)] })
    const client = await dial(server)
    client.write(`HEAD /b/k HTTP/1.1\r\n${HOST}\r\n`)

    expect((await client.next(true)).headers).toContain('Content-Length: 17')
    store.respond = () => ({ status: 404, headers: {}, body: [Buffer.from('a')] })
    client.write(`HEAD /b/k HTTP/1.1\r\n${HOST}\r\n${get()}`)
    expect((await client.next(true)).headers).toContain('Content-Length: 1')
    expect((await client.next()).body).toBe('a')
  })

  test('The connection of a lost response is closed before any byte is sent', async () => {
    const { server, store } = await start()
    store.respond = () => ({ status: 200, headers: {}, body: [], isLost: true })
    const client = await dial(server)
    client.write(get())

    await client.closed()
    expect(client.text()).toBe('')
  })

  test('The connection is closed after a response to an HTTP/1.0 request', async () => {
    const { server } = await start()
    const client = await dial(server)
    client.write('GET / HTTP/1.0\r\n\r\n')
    expect((await client.next()).headers).toContain('Connection: close')
    await client.closed()
  })

  test('A response contains non-ASCII metadata encoded as defined in RFC 2047', async () => {
    const { server, store } = await start()
    store.respond = () => ({ status: 200, headers: { 'x-amz-meta-a': '—' }, body: [] })
    const client = await dial(server)
    client.write(get())
    expect((await client.next()).headers).toContain('x-amz-meta-a: =?UTF-8?B?4oCU?=')
  })

  test.each([
    [
      'an exception',
      () => {
        throw new Error('broken')
      },
      'broken',
    ],
    ['a rejection', () => Promise.reject(new Error('broken')), 'broken'],
    [
      'a header that is not valid in HTTP',
      () => ({ status: 200, headers: { ETag: 'a\nb' }, body: [] }),
      'Invalid character',
    ],
  ])('A request fails with 500 InternalError for %s, and the error is logged', async (_, respond, line) => {
    const { server, store } = await start()
    store.respond = respond
    const client = await dial(server)
    client.write(`PUT /b/k HTTP/1.1\r\n${HOST}Content-Length: 1\r\n\r\na`)

    const { status, body, headers } = await client.next()
    expect([status, code(body)]).toEqual([500, 'InternalError'])
    expect(headers).toContain('Content-Type: application/xml')
    expect(store.logged.join()).toContain(line)
    store.respond = () => ({ status: 200, headers: {}, body: [] })
    client.write(get())
    expect((await client.next()).status).toBe(200)
  })
})
