import type { RequestListener } from 'node:http'
import { test as base, describe, expect } from 'vitest'
import { recordedFetch } from './http'
import { listenOnLoopback } from './loopback'
import { isCrash, isNoResponse } from './no-response'
import type { Exchange } from './record'

const test = base
  /** Starts a server that runs until the test ends. */
  .extend('serve', async ({}, { onCleanup }) => {
    const closes: (() => Promise<void>)[] = []
    onCleanup(async () => void (await Promise.all(closes.map((close) => close()))))
    return async (listener: RequestListener): Promise<string> => {
      const { endpoint, close } = await listenOnLoopback(listener)
      closes.push(close)
      return endpoint
    }
  })

test('a condition in the query is recorded, but a signature is not', async ({ serve }) => {
  const url = await serve((_, response) => response.end())
  const exchanges: Exchange[] = []

  await recordedFetch(`${url}/b/k?X-Amz-SignedHeaders=host&X-Amz-Signature=abc&If-Match=%22e%22`, {}, exchanges, 'spec')

  expect(exchanges[0]?.request.path).toBe('/b/k?X-Amz-SignedHeaders=host&If-Match="e"')
})

describe.concurrent('a plain request', { timeout: 30_000 }, () => {
  test('can have a host header other than the host in its URL', async ({ serve }) => {
    const url = await serve(({ method, headers, url }, response) => response.end(`${method} ${headers.host} ${url}`))

    const { status, body } = await recordedFetch(`${url}/a%20key`, { headers: { host: 'bucket.site' } }, [], 'spec')

    expect(status).toBe(200)
    expect(body).toBe('GET bucket.site /a%20key')
  })

  test('sends its body', async ({ serve }) => {
    const url = await serve((request, response) => void request.pipe(response))

    await expect(recordedFetch(url, { method: 'PUT', body: 'grün' }, [], 'spec')).resolves.toMatchObject({
      body: 'grün',
    })
  })

  test('reads characters whose bytes arrive in two chunks', async ({ serve }) => {
    const bytes = Buffer.from('grün')
    const url = await serve((_, response) => {
      response.write(bytes.subarray(0, 3))
      setTimeout(() => response.end(bytes.subarray(3)), 50)
    })

    await expect(recordedFetch(url, {}, [], 'spec')).resolves.toMatchObject({ body: 'grün' })
  })

  test('is recorded as sent over the wire, without secrets', async ({ serve }) => {
    const url = await serve((_, response) => {
      const error = '<Error><Code>PreconditionFailed</Code><AWSAccessKeyId>hunter2</AWSAccessKeyId></Error>'
      response.writeHead(412, { etag: '"e"', 'set-cookie': 'hunter2' }).end(error)
    })
    const exchanges: Exchange[] = []
    const headers = { 'If-Match': '"f"', authorization: 'hunter2' }

    await recordedFetch(`${url}/key?versionId=v&X-Amz-Signature=hunter2`, { headers }, exchanges, 'spec')

    expect(exchanges).toEqual([
      {
        by: 'spec',
        operation: 'GET',
        request: { method: 'GET', path: '/key?versionId=v', headers: { 'if-match': '"f"' } },
        response: {
          status: 412,
          headers: { etag: '"e"' },
          error: { Code: 'PreconditionFailed' },
        },
      },
    ])
  })

  test.for([
    ['never comes', 0],
    ['breaks off', 50],
  ] as const)('fails if the response %s', async ([, after], { serve }) => {
    const url = await serve((_, response) => {
      if (after === 0) return
      response.writeHead(200, { 'content-length': 100 }).write('beginning')
      setTimeout(() => response.destroy(), after)
    })
    const exchanges: Exchange[] = []

    const error = await recordedFetch(url, {}, exchanges, 'spec').catch((error: unknown) => error)

    expect(isNoResponse(error)).toBe(true)
    expect(exchanges).toMatchObject([{ operation: 'GET' }])
    expect(exchanges[0]?.response).toBeUndefined()
    expect(exchanges.map(isCrash)).toEqual([after > 0])
  })

  test('fails if the response takes longer than five seconds', async ({ serve }) => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('.'), 500)
      response.on('close', () => clearInterval(timer))
    })

    const error = await recordedFetch(url, {}, [], 'spec').catch((error: unknown) => error)

    expect(isNoResponse(error)).toBe(true)
  })
})
