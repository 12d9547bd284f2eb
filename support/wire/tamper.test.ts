import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, expect } from 'vitest'
import { startTamperingProxy, type Tamper } from './tampering-proxy'

interface Heard {
  headers?: IncomingHttpHeaders
  body?: string
}

const test = base
  /** What reaches the store. */
  .extend('heard', (): Heard => ({}))
  /** A store that says “stored” to everything, behind a liar. */
  .extend('behind', ({ heard }, { onCleanup }) => async (tamper: Tamper) => {
    const store = createServer((request, response) => {
      const chunks: Buffer[] = []
      request
        .on('data', (chunk) => chunks.push(chunk))
        .on('end', () => {
          Object.assign(heard, { headers: request.headers, body: Buffer.concat(chunks).toString('latin1') })
          response.writeHead(200, { etag: '"e"' }).end('stored')
        })
    })
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
    const proxy = await startTamperingProxy(`http://127.0.0.1:${(store.address() as AddressInfo).port}`, tamper)
    onCleanup(async () => {
      await proxy.close()
      store.close().closeAllConnections()
    })
    return proxy.endpoint
  })

test('the body of a POST is sent as it is changed, with the hashes that it had, made anew', async ({
  heard,
  behind,
}) => {
  const endpoint = await behind({ body: (_, body) => body.replace('one', 'two') })
  const headers = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-content-sha256': 'of one' }

  await fetch(endpoint, { method: 'POST', body: 'one\xff', headers })

  expect(heard.body).toBe(Buffer.from('two\xff').toString('latin1'))
  expect(heard.headers).toMatchObject({
    'content-length': '5',
    'x-amz-checksum-crc32': expect.not.stringMatching('AAAAAA=='),
    'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(heard.headers).not.toHaveProperty('content-md5')
})

test('a body that stays keeps its hashes', async ({ heard, behind }) => {
  const endpoint = await behind({ body: (_, body) => body })

  await fetch(endpoint, { method: 'POST', body: 'one', headers: { 'x-amz-content-sha256': 'of one' } })

  expect(heard).toMatchObject({ body: 'one', headers: { 'x-amz-content-sha256': 'of one' } })
})

test('an answer is said as it is changed', async ({ behind }) => {
  const endpoint = await behind({
    change: (_, { body }) => ({ status: 201, headers: { etag: '"f"' }, body: `not ${body}` }),
  })

  const answer = await fetch(endpoint)

  expect(answer.status).toBe(201)
  expect(answer.headers.get('etag')).toBe('"f"')
  expect(await answer.text()).toBe('not stored')
})
