import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect } from 'vitest'
import { recordedFetch } from './http'
import { isCrash, isNoAnswer } from './no-response'
import type { Exchange } from './record'

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

test('a condition in the query is recorded like a header, and no signature is', async ({ serve }) => {
  const url = await serve((_, response) => response.end())
  const exchanges: Exchange[] = []

  await recordedFetch(`${url}/b/k?X-Amz-SignedHeaders=host&X-Amz-Signature=abc&If-Match=%22e%22`, {}, exchanges, 'spec')

  expect(exchanges[0]?.request.path).toBe('/b/k?X-Amz-SignedHeaders=host&If-Match="e"')
})

describe.concurrent('a plain request', { timeout: 30_000 }, () => {
  test('goes to the host that it names, at the address of the URL', async ({ serve }) => {
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

  test('reads characters whose bytes come in two pieces', async ({ serve }) => {
    const bytes = Buffer.from('grün')
    const url = await serve((_, response) => {
      response.write(bytes.subarray(0, 3))
      setTimeout(() => response.end(bytes.subarray(3)), 50)
    })

    await expect(recordedFetch(url, {}, [], 'spec')).resolves.toMatchObject({ body: 'grün' })
  })

  test('is recorded as it went over the wire, without what could be secret', async ({ serve }) => {
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
    ['is never given', 0],
    ['breaks off', 50],
  ] as const)('has no answer where it %s', async ([, after], { serve }) => {
    const url = await serve((_, response) => {
      if (after === 0) return
      response.writeHead(200, { 'content-length': 100 }).write('beginning')
      setTimeout(() => response.destroy(), after)
    })
    const exchanges: Exchange[] = []

    const error = await recordedFetch(url, {}, exchanges, 'spec').catch((error: unknown) => error)

    expect(isNoAnswer(error)).toBe(true)
    expect(exchanges).toMatchObject([{ operation: 'GET' }])
    expect(exchanges[0]?.response).toBeUndefined()
    expect(exchanges.map(isCrash)).toEqual([after > 0])
  })

  test('has no answer where one trickles for ever', async ({ serve }) => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('.'), 500)
      response.on('close', () => clearInterval(timer))
    })

    const error = await recordedFetch(url, {}, [], 'spec').catch((error: unknown) => error)

    expect(isNoAnswer(error)).toBe(true)
  })
})
