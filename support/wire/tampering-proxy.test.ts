import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { test as base, expect, vi } from 'vitest'
import { listenOnLoopback } from './loopback'
import { startTamperingProxy, type Tamper } from './tampering-proxy'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const test = base
  .extend('received', (): Received[] => [])
  /** Starts a store that responds to every request with `stored`, and a tampering proxy in front of it. */
  .extend('proxied', ({ received }, { onCleanup }) => async (tamper: Tamper) => {
    const store = await listenOnLoopback(async (request, response) => {
      received.push({ headers: request.headers, body: await text(request.setEncoding('latin1')) })
      response.writeHead(200, { etag: '"e"' }).end('stored')
    })
    const proxy = await startTamperingProxy(store.endpoint, tamper)
    onCleanup(async () => {
      await proxy.close()
      await store.close()
    })
    return proxy.endpoint
  })

test('a changed body of a POST is forwarded with its new length, hash and checksum', async ({ received, proxied }) => {
  const endpoint = await proxied({ body: (_, body) => body.replace('one', 'two') })
  const headers = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-content-sha256': 'of one' }

  await fetch(endpoint, { method: 'POST', body: 'one\xff', headers })

  expect(received[0]?.body).toBe(Buffer.from('two\xff').toString('latin1'))
  expect(received[0]?.headers).toMatchObject({
    'content-length': '5',
    'x-amz-checksum-crc32': expect.not.stringMatching('AAAAAA=='),
    'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(received[0]?.headers).not.toHaveProperty('content-md5')
})

test('an unchanged body keeps its hash', async ({ received, proxied }) => {
  const endpoint = await proxied({ body: (_, body) => body })

  await fetch(endpoint, { method: 'POST', body: 'one', headers: { 'x-amz-content-sha256': 'of one' } })

  expect(received).toMatchObject([{ body: 'one', headers: { 'x-amz-content-sha256': 'of one' } }])
})

test('a hook can replace a response', async ({ proxied }) => {
  const endpoint = await proxied({
    response: (_, { headers, body }) => ({ status: 201, headers: { ...headers, etag: '"f"' }, body: `not ${body}` }),
  })

  const response = await fetch(endpoint)

  expect(response.status).toBe(201)
  expect(response.headers.get('etag')).toBe('"f"')
  expect(await response.text()).toBe('not stored')
})

test('a response that no hook replaces is unchanged', async ({ proxied }) => {
  const endpoint = await proxied({ response: () => undefined })

  const response = await fetch(endpoint)

  expect(response.headers.get('etag')).toBe('"e"')
  expect(await response.text()).toBe('stored')
})

test('a request to which a hook responds gets XML and does not reach the store', async ({ received, proxied }) => {
  const endpoint = await proxied({ request: () => ({ status: 412, body: '<Error/>' }) })

  const response = await fetch(endpoint)

  expect([response.status, response.headers.get('content-type')]).toEqual([412, 'application/xml'])
  expect(await response.text()).toBe('<Error/>')
  expect(received).toEqual([])
})

test('a delayed request reaches the store later', async ({ received, proxied }) => {
  const endpoint = await proxied({ request: () => ({ status: 200, forwardAfterMs: 50 }) })

  await fetch(endpoint, { method: 'PUT', body: 'late' })

  expect(received).toEqual([])
  await vi.waitFor(() => expect(received).toMatchObject([{ body: 'late' }]))
})

test.for(['reset', 'hang'] as const)(
  'a hook can leave a request without a response: %s',
  async (replacement, { received, proxied }) => {
    const endpoint = await proxied({ request: () => replacement })
    const name = replacement === 'hang' ? 'TimeoutError' : 'TypeError'

    await expect(fetch(endpoint, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ name })
    expect(received).toEqual([])
  },
)
