import type { RequestListener } from 'node:http'
import { test as base, describe, expect, vi } from 'vitest'
import { listenOnLoopback } from '../wire/loopback'
import { findEndpoint } from './endpoint'
import { readSettings, type Settings } from './settings'

// A long timeout, because a test may wait until two of its requests have timed out.
vi.setConfig({ testTimeout: 60_000 })

const LIST = '<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>'

const test = base.extend('serve', async ({}, { onCleanup }) => {
  const closes: (() => Promise<void>)[] = []
  onCleanup(async () => void (await Promise.all(closes.map((close) => close()))))
  return async (listener: RequestListener): Promise<string> => {
    const { endpoint, close } = await listenOnLoopback(listener)
    closes.push(close)
    return endpoint
  }
})

function respond(status: number, type: string, body: string): RequestListener {
  return (_, response) => void response.writeHead(status, { 'content-type': type }).end(body)
}

// The keys are also set in the environment, from which the SDK's credential chain reads them.
const keys = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'hunter2' }
Object.assign(process.env, keys)
delete process.env.AWS_PROFILE

function find(endpoint: string, settings: Partial<Settings> = {}) {
  return findEndpoint(
    { ...readSettings({ S3_ENDPOINT: endpoint, S3_STORE: 'minio@1', ...keys }), ...settings },
    '0123456789',
  )
}

describe.concurrent('an endpoint', () => {
  test('is used if it lists buckets, and receives only reads', async ({ serve }) => {
    const requests: string[] = []
    const endpoint = await serve((request, response) => {
      requests.push(`${request.method} ${request.url?.split('?')[0]}`)
      response.writeHead(200, { 'content-type': 'application/xml' }).end(LIST)
    })

    await expect(find(endpoint)).resolves.toMatchObject({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      store: { name: 'minio', version: '1', how: 'endpoint' },
      headline: `Running against minio 1 at ${endpoint}.`,
    })
    expect(requests.every((request) => request.startsWith('GET '))).toBe(true)
  })

  test('that is identified is used with its default credentials', async ({ serve }) => {
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

  test('that is identified without its version has an unknown version', async ({ serve }) => {
    const endpoint = await serve((_, response) => void response.setHeader('server', 'VERSITYGW').end(LIST))

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).resolves.toMatchObject({
      store: { name: 'versitygw', version: 'unknown' },
      headline: `Running against versitygw (unknown version) at ${endpoint}.`,
    })
  })

  test('that is unknown is tried with the default credentials of common stores', async ({ serve }) => {
    const endpoint = await serve(({ headers: { authorization } }, response) => {
      const isKnown = !authorization || authorization.includes('minioadmin')
      response.writeHead(isKnown ? 200 : 403).end(isKnown ? LIST : '<Error><Code>InvalidAccessKeyId</Code></Error>')
    })

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).resolves.toMatchObject({
      credentials: { accessKeyId: 'minioadmin' },
      headline: expect.stringContaining(
        'No credentials are set. The run uses the default credentials minioadmin/minioadmin, which the store accepted.',
      ),
    })
  })

  test('that is unknown and rejects the default credentials causes an error', async ({ serve }) => {
    const endpoint = await serve(respond(403, 'application/xml', '<Error><Code>AccessDenied</Code></Error>'))

    await expect(find(endpoint, { store: undefined, hasCredentials: false })).rejects.toThrow(
      /^No credentials are set for .*\. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE\.\n.*test\/test/,
    )
  })

  test('without a server is unreachable', async () => {
    const { endpoint, close } = await listenOnLoopback(() => {})
    await close()

    await expect(find(endpoint)).rejects.toThrow(`${endpoint} is unreachable (ECONNREFUSED).`)
  })

  test.for<[string, RequestListener]>([
    ['sends no response', (request) => void request.resume()],
    ['closes every connection', (request) => void request.socket.destroy()],
    ['begins a response and never completes it', (_, response) => void response.writeHead(200).write('<R>')],
  ])('that receives ListBuckets and %s lacks bucket listings but is still used', async ([, listener], { serve }) => {
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
  ] as const)('that returns %i %s does not appear to be an S3 endpoint', async ([status, type, body], { serve }) => {
    const endpoint = await serve(respond(status, type, body))

    await expect(find(endpoint)).rejects.toThrow(
      `${endpoint} does not appear to be an S3 endpoint: ListBuckets returned ${status} ${type}`,
    )
  })

  test.for([
    [403, 'InvalidAccessKeyId'],
    [403, 'SignatureDoesNotMatch'],
    [400, 'ExpiredToken'],
    [401, 'Unauthorized'],
  ] as const)(
    'that returns %i %s causes an error about the credentials, without printing them',
    async ([status, code], { serve }) => {
      const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Who?</Message></Error>`
      const endpoint = await serve(respond(status, 'application/xml', xml))

      await expect(find(endpoint)).rejects.toThrow(`${endpoint} rejected the credentials: ${status} ${code} Who?`)
      await expect(find(endpoint)).rejects.not.toThrow('hunter2')
    },
  )

  test.for([
    [
      'AccessDenied',
      / does not allow ListBuckets with these credentials, or does not recognize them: 403 AccessDenied /,
    ],
    ['PermanentRedirect', / is not in the configured region: .*\nSet AWS_REGION to the region of the store\.$/],
    [
      'RequestTimeTooSkewed',
      / rejected the request's timestamp: 403 RequestTimeTooSkewed Who\?\nCorrect this machine's clock/,
    ],
  ] as const)('that returns 403 %s causes a specific message', async ([code, message], { serve }) => {
    const xml = `<Error><Code>${code}</Code><Message>Who?</Message></Error>`

    await expect(find(await serve(respond(403, 'application/xml', xml)))).rejects.toThrow(message)
  })

  test('that returns 503 receives the request again', async ({ serve }) => {
    let lists = 0
    const endpoint = await serve((request, response) => {
      const isBusy = request.headers.authorization && lists++ === 0
      response.writeHead(isBusy ? 503 : 200).end(isBusy ? '<Error><Code>SlowDown</Code></Error>' : LIST)
    })

    await expect(find(endpoint)).resolves.toMatchObject({ endpoint })
  })

  test.for([
    [501, 'NotImplemented'],
    [500, 'InternalError'],
  ] as const)('that returns %i %s lacks bucket listings', async ([status, code], { serve }) => {
    const xml = `<Error><Code>${code}</Code><Message>Later</Message></Error>`

    await expect(find(await serve(respond(status, 'application/xml', xml)))).resolves.toMatchObject({
      unsupported: { 'list-buckets': `ListBuckets failed with ${status} ${code}` },
    })
  })
})
