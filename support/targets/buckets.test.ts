import type { IncomingMessage } from 'node:http'
import { test as base, describe, expect } from 'vitest'
import { listenOnLoopback } from '../wire/loopback'
import { createBucket, removeNewBucket, removeRunBuckets } from './buckets'
import { letEverybodyRead } from './public-access'
import { removeBucket } from './remove-bucket'
import { connect, PATIENT, type Target } from './target'

const RUN_ID = '0123456789'

type Response = readonly [status: number, body?: string]

const error = (status: number, code: string): Response => [status, `<Error><Code>${code}</Code></Error>`]
const listed = (...names: string[]): Response => [
  200,
  `<R><Buckets>${names.map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('')}</Buckets></R>`,
]
const objects = (...keys: string[]): Response => [
  200,
  `<R>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</R>`,
]

const test = base
  /** A stub server that records requests. By default, it returns 200, and an empty XML element as the body. */
  .extend('store', async ({}, { onCleanup }) => {
    const requests: string[] = []
    const script = new Map<string, Response[]>()
    const { endpoint, close } = await listenOnLoopback((request, response) => {
      const name = nameOf(request)
      requests.push(name)
      const responses = script.get(name) ?? []
      const [status, body = '<R></R>'] = (responses.length > 1 ? responses.shift() : responses[0]) ?? [200]
      request.resume().on('end', () => response.writeHead(status).end(status === 204 ? undefined : body))
    })
    const target: Target = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
      store: { name: 'stubServer', version: '1', how: 'endpoint' },
      runId: RUN_ID,
      unsupported: {},
      headline: '',
    }
    const client = connect(target, PATIENT)
    onCleanup(() => {
      client.destroy()
      return close()
    })
    return {
      client,
      requests,
      /** Sets the responses that the stub returns for a request, in order. The last response is repeated. */
      respond: (request: string, ...responses: Response[]) => void script.set(request, responses),
    }
  })

/** Returns the request's method, path and sub-resource: `DELETE /b?policy`. A random bucket name appears as `new`. */
function nameOf({ method, url = '' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://store')
  const names = [...searchParams.keys()].filter((name) => !/^(x-id|max-|prefix|encoding|.*marker)/.test(name))
  const path = pathname.replace(/\/$/, '').replace(/s3cr-0123456789-[0-9a-f]{10}/, 'new') || '/'
  return `${method} ${path}${names.length > 0 ? `?${names.join('&')}` : ''}`
}

describe.concurrent('letting everybody read', { timeout: 30_000 }, () => {
  test('sends one request if nothing blocks public access', async ({ store }) => {
    await letEverybodyRead(store.client, 'b')

    expect(store.requests).toEqual(['PUT /b?policy'])
  })

  test('removes a block on public access and resends the policy until it is accepted', async ({ store }) => {
    store.respond('PUT /b?policy', error(403, 'AccessDenied'), error(403, 'AccessDenied'), [204])
    store.respond('GET /b?publicAccessBlock', [200, '<R><BlockPublicPolicy>true</BlockPublicPolicy></R>'])

    await letEverybodyRead(store.client, 'b')

    expect(store.requests).toEqual([
      'PUT /b?policy',
      'GET /b?publicAccessBlock',
      'PUT /b?publicAccessBlock',
      'PUT /b?policy',
      'PUT /b?policy',
    ])
  })

  test('throws Unsupported if the policy is rejected although public access is not blocked', async ({ store }) => {
    store.respond('PUT /b?policy', error(403, 'AccessDenied'))
    store.respond('GET /b?publicAccessBlock', error(404, 'NoSuchPublicAccessBlockConfiguration'))

    await expect(letEverybodyRead(store.client, 'b')).rejects.toMatchObject({
      name: 'Unsupported',
      message: expect.stringContaining('public buckets are not allowed: 403 AccessDenied'),
    })

    expect(store.requests).toEqual(['PUT /b?policy', 'GET /b?publicAccessBlock'])
  })

  test('sends no DELETE request, because a store could apply it to the bucket', async ({ store }) => {
    for (const code of ['AccessDenied', 'NotImplemented']) {
      store.respond('PUT /b?policy', error(code === 'AccessDenied' ? 403 : 501, code))
      await letEverybodyRead(store.client, 'b').catch(() => {})
    }

    expect(store.requests.filter((request) => request.startsWith('DELETE'))).toEqual([])
  })
})

describe.concurrent('a new bucket', { timeout: 30_000 }, () => {
  test('is polled until it exists', async ({ store }) => {
    store.respond('HEAD /new', [404], [404], [200])

    await createBucket(store.client, RUN_ID)

    expect(store.requests).toEqual(['PUT /new', 'HEAD /new', 'HEAD /new', 'HEAD /new'])
  })

  test('may have been created by an attempt whose response was lost', async ({ store }) => {
    store.respond('PUT /new', error(503, 'SlowDown'), error(409, 'BucketAlreadyOwnedByYou'))

    await expect(createBucket(store.client, RUN_ID)).resolves.toMatch(/^s3cr-0123456789-[0-9a-f]{10}$/)
  })

  test('has versioning enabled before it is suspended', async ({ store }) => {
    await createBucket(store.client, RUN_ID, { versioning: 'suspended' })

    const versioned = store.requests.filter((request) => request === 'PUT /new?versioning')
    expect(versioned).toHaveLength(2)
    expect(store.requests.at(-1)).toBe('PUT /new?versioning')
  })

  test('is deleted once it is visible', async ({ store }) => {
    store.respond('DELETE /b', error(404, 'NoSuchBucket'), error(404, 'NoSuchBucket'), [204])

    await removeNewBucket(store.client, 'b')

    expect(store.requests.filter((request) => request === 'DELETE /b')).toHaveLength(3)
  })
})

describe.concurrent('a bucket with versioning', { timeout: 30_000 }, () => {
  test('is polled by writing an object to it', async ({ store }) => {
    await createBucket(store.client, RUN_ID, { versioning: true })

    expect(store.requests.slice(0, 4)).toEqual(['PUT /new', 'HEAD /new', 'PUT /new?versioning', 'PUT /new/trial'])
  })
})

describe.concurrent('removing a bucket', { timeout: 30_000 }, () => {
  test('works if the store cannot list versions and can delete only one object at a time', async ({ store }) => {
    store.respond('GET /b?versions', error(501, 'NotImplemented'))
    store.respond('GET /b?list-type', objects('one', 'two'))
    store.respond('POST /b?delete', error(405, 'MethodNotAllowed'))

    await removeBucket(store.client, 'b')

    const removals = store.requests.filter((request) => !request.startsWith('GET'))
    expect(removals).toEqual(['POST /b?delete', 'DELETE /b/one', 'DELETE /b/two', 'DELETE /b'])
  })

  test('works if the store lists versions incompletely', async ({ store }) => {
    store.respond('DELETE /b', error(409, 'BucketNotEmpty'), [204])
    store.respond('GET /b?uploads', error(501, 'NotImplemented'))
    store.respond('GET /b?list-type', objects('left out'))

    await removeBucket(store.client, 'b')

    expect(store.requests.slice(-4)).toEqual(['GET /b?versions', 'GET /b?list-type', 'POST /b?delete', 'DELETE /b'])
  })

  test.for<[string, Response]>([
    ['GET /b?versions', error(500, 'InternalError')],
    ['GET /b?uploads', error(500, 'InternalError')],
    ['POST /b?delete', error(400, 'MalformedXML')],
  ])('works even if %s fails', async ([request, failure], { store }) => {
    store.respond(request, failure)
    store.respond('GET /b?list-type', objects('one'))

    await removeBucket(store.client, 'b')

    expect(store.requests.at(-1)).toBe('DELETE /b')
  })

  test('throws the error from the step that failed', async ({ store }) => {
    store.respond('GET /b?versions', error(500, 'InternalError'))
    store.respond('DELETE /b', error(409, 'BucketNotEmpty'))

    await expect(removeBucket(store.client, 'b')).rejects.toMatchObject({ name: 'InternalError' })
  })

  test('aborts unfinished uploads, even if an upload no longer exists', async ({ store }) => {
    store.respond('GET /b?uploads', [200, '<R><Upload><Key>k</Key><UploadId>u</UploadId></Upload></R>'])
    store.respond('DELETE /b/k?uploadId', error(404, 'NoSuchUpload'))

    await removeBucket(store.client, 'b')

    expect(store.requests).toContain('DELETE /b/k?uploadId')
    expect(store.requests.at(-1)).toBe('DELETE /b')
  })

  test('retries a request that fails with 503', async ({ store }) => {
    store.respond('DELETE /b', error(503, 'SlowDown'), [204])

    await expect(removeBucket(store.client, 'b')).resolves.toBeUndefined()
  })
})

describe.concurrent('the buckets of a run', { timeout: 30_000 }, () => {
  const [first, stuck, last] = ['s3cr-0123456789-a', 's3cr-0123456789-b', 's3cr-0123456789-c'] as const

  test('are removed, and the error names the one that cannot be removed', async ({ store }) => {
    store.respond('GET /', listed(first, stuck, last, 's3cr-another000-a', 'somebody-elses'))
    store.respond(`DELETE /${stuck}`, error(409, 'BucketNotEmpty'))

    await expect(removeRunBuckets(store.client, RUN_ID)).rejects.toMatchObject({
      name: 'BucketsLeft',
      message: expect.stringMatching(/^s3cr-0123456789-b \(409 BucketNotEmpty: .*\)$/),
      buckets: [{ name: stuck }],
    })

    const deleted = store.requests.filter((request) => request.startsWith('DELETE'))
    expect(new Set(deleted)).toEqual(new Set([`DELETE /${first}`, `DELETE /${stuck}`, `DELETE /${last}`]))
  })

  test('are removed in several attempts', async ({ store }) => {
    store.respond('GET /', listed(first))
    const conflict = error(409, 'OperationAborted')
    store.respond(`DELETE /${first}`, conflict, conflict, [204])

    await expect(removeRunBuckets(store.client, RUN_ID)).resolves.toEqual([first])
  })

  test('include directory buckets, which ListBuckets does not list', async ({ store }) => {
    store.respond('GET /', listed(`${first}--use1-az4--x-s3`, 'another--use1-az4--x-s3'), listed(last))
    const others = store.client.config.disableS3ExpressSessionAuth
    store.client.config.disableS3ExpressSessionAuth = async () => true

    await expect(removeRunBuckets(store.client, RUN_ID, true)).resolves.toEqual([`${first}--use1-az4--x-s3`, last])

    store.client.config.disableS3ExpressSessionAuth = others
    expect(store.requests).not.toContain(`GET /${first}--use1-az4--x-s3?versions`)
  })

  test('are listed by ListBuckets alone if the store does not support directory buckets', async ({ store }) => {
    store.respond('GET /', error(501, 'NotImplemented'), listed(first))

    await expect(removeRunBuckets(store.client, RUN_ID, true)).resolves.toEqual([first])
  })
})
