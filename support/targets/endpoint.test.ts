import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect, vi } from 'vitest'
import { results } from '../paths'
import { findEndpoint } from './endpoint'
import type { Settings } from './settings'

// A request that gets no response is waited for, twice.
vi.setConfig({ testTimeout: 60_000 })

const LIST = '<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>'

const test = base
  /** Serves on a port of its own until the test ends. */
  .extend('serve', async ({}, { onCleanup }) => {
    const servers: Server[] = []
    onCleanup(() => {
      for (const server of servers) server.close().closeAllConnections()
    })
    return async (listener: RequestListener): Promise<string> => {
      const server = createServer(listener)
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    }
  })

/** Answers everything the same way. */
function answer(status: number, type: string, body: string): RequestListener {
  return (_, response) => void response.writeHead(status, { 'content-type': type }).end(body)
}

function find(endpoint: string, settings: Partial<Settings> = {}) {
  const store = { name: 'minio', version: '1' }
  return findEndpoint({ target: 'endpoint', endpoint, hasCredentials: true, store, results, ...settings }, '0123456789')
}

// The SDK's chain finds these, whoever runs the tests.
process.env.AWS_ACCESS_KEY_ID = 'someone'
process.env.AWS_SECRET_ACCESS_KEY = 'hunter2'
delete process.env.AWS_PROFILE

describe.concurrent('an endpoint', () => {
  test('is taken when it lists buckets, and nothing else is asked of it', async ({ serve }) => {
    const asked: string[] = []
    const endpoint = await serve((request, response) => {
      asked.push(`${request.method} ${request.url?.split('?')[0]}`)
      response.writeHead(200, { 'content-type': 'application/xml' }).end(LIST)
    })

    await expect(find(endpoint)).resolves.toMatchObject({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      store: { name: 'minio', version: '1', how: 'endpoint' },
      headline: `Running against minio 1 at ${endpoint}.`,
    })
    expect(asked.every((request) => request.startsWith('GET '))).toBe(true)
  })

  test('that names itself gets its well-known credentials', async ({ serve }) => {
    const endpoint = await serve((request, response) => {
      if (request.url === '/_ministack/health') response.end('{"version":"1.5.33"}')
      else if (request.url?.startsWith('/_')) response.writeHead(404).end()
      else response.end(LIST)
    })

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).resolves.toMatchObject({
      store: { name: 'ministack', version: '1.5.33' },
      credentials: { accessKeyId: 'test' },
    })
  })

  test('that names itself and not its version has an unknown one', async ({ serve }) => {
    const endpoint = await serve((_, response) => void response.setHeader('server', 'VERSITYGW').end(LIST))

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).resolves.toMatchObject({
      store: { name: 'versitygw', version: 'unknown' },
      headline: `Running against versitygw of an unknown version at ${endpoint}.`,
    })
  })

  test('that does not name itself is tried with the credentials that stores come with', async ({ serve }) => {
    const endpoint = await serve(({ headers: { authorization } }, response) => {
      const isKnown = !authorization || authorization.includes('minioadmin')
      response.writeHead(isKnown ? 200 : 403).end(isKnown ? LIST : '<Error><Code>InvalidAccessKeyId</Code></Error>')
    })

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).resolves.toMatchObject({
      credentials: { accessKeyId: 'minioadmin' },
      headline: expect.stringContaining('No credentials are set; the store accepted minioadmin/minioadmin.'),
    })
  })

  test('that does not name itself and refuses them needs credentials', async ({ serve }) => {
    const endpoint = await serve(answer(403, 'application/xml', '<Error><Code>AccessDenied</Code></Error>'))

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).rejects.toThrow(
      /^No credentials for .*: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE\.\n.*test\/test/,
    )
  })

  test('that nobody listens at is unreachable', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await new Promise((resolve) => server.close(resolve))

    await expect(find(endpoint)).rejects.toThrow(`${endpoint} is unreachable (ECONNREFUSED).`)
  })

  test.for<[string, RequestListener]>([
    ['never responds', (request) => void request.resume()],
    ['closes every connection', (request) => void request.socket.destroy()],
    ['begins a response and never ends it', (_, response) => void response.writeHead(200).write('<R>')],
  ])('that %s to ListBuckets lacks lists of buckets, and is used all the same', async ([, listener], { serve }) => {
    const endpoint = await serve((request, response) => {
      if (request.headers.authorization) listener(request, response)
      else response.end()
    })

    await expect(find(endpoint)).resolves.toMatchObject({
      unsupported: { 'list-buckets': expect.stringMatching(/^ListBuckets got no response /) },
    })
  })

  test.for([
    [200, 'text/html', '<html><body>It works!</body></html>'],
    [200, 'application/json', '{}'],
    [200, 'text/plain', ''],
    [403, 'text/html', '<html><body>Forbidden</body></html>'],
    [404, 'text/html', '<!doctype html><p>not found<br>'],
    [400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.'],
    [301, 'text/html', ''],
    [500, 'application/json', '{"error":{"message":"no"}}'],
  ] as const)('that answers %i %s is not S3', async ([status, type, body], { serve }) => {
    const endpoint = await serve(answer(status, type, body))

    await expect(find(endpoint)).rejects.toThrow(
      `${endpoint} is not S3: it answered ListBuckets with ${status} ${type}`,
    )
  })

  test.for([
    [403, 'InvalidAccessKeyId'],
    [403, 'SignatureDoesNotMatch'],
    [400, 'ExpiredToken'],
    [401, 'Unauthorized'],
  ] as const)('that answers %i %s refused the credentials, and none is printed', async ([status, code], { serve }) => {
    const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Who?</Message></Error>`
    const endpoint = await serve(answer(status, 'application/xml', xml))

    await expect(find(endpoint)).rejects.toThrow(`${endpoint} refused the credentials: ${status} ${code} Who?`)
    await expect(find(endpoint)).rejects.not.toThrow('hunter2')
  })

  test.for([
    ['AccessDenied', / does not allow ListBuckets to these credentials, or does not know them: 403 AccessDenied /],
    ['PermanentRedirect', / is in another region: .*\nSet AWS_REGION to the one that it is in\.$/],
    ['RequestTimeTooSkewed', / refused the time of the request: 403 RequestTimeTooSkewed Who\?\nSet the clock /],
  ] as const)('that answers 403 %s says what is meant', async ([code, message], { serve }) => {
    const xml = `<Error><Code>${code}</Code><Message>Who?</Message></Error>`

    await expect(find(await serve(answer(403, 'application/xml', xml)))).rejects.toThrow(message)
  })

  test('that is busy is asked again', async ({ serve }) => {
    let asked = 0
    const endpoint = await serve((request, response) => {
      const isBusy = request.headers.authorization && asked++ === 0
      response.writeHead(isBusy ? 503 : 200).end(isBusy ? '<Error><Code>SlowDown</Code></Error>' : LIST)
    })

    await expect(find(endpoint)).resolves.toMatchObject({ endpoint })
  })

  test.for([
    [501, 'NotImplemented'],
    [500, 'InternalError'],
  ] as const)('that answers %i %s lacks lists of buckets', async ([status, code], { serve }) => {
    const xml = `<Error><Code>${code}</Code><Message>Later</Message></Error>`

    await expect(find(await serve(answer(status, 'application/xml', xml)))).resolves.toMatchObject({
      unsupported: { 'list-buckets': `ListBuckets failed with ${status} ${code}` },
    })
  })
})
