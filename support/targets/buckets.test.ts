import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect } from 'vitest'
import { createBucket, letEverybodyRead, removeBucket, removeNewBucket, removeRunBuckets } from './buckets'
import { connect, PATIENT, type Target } from './target'

const RUN_ID = '0123456789'

type Answer = readonly [status: number, body?: string]

const error = (status: number, code: string): Answer => [status, `<Error><Code>${code}</Code></Error>`]
const listed = (...names: string[]): Answer => [
  200,
  `<R><Buckets>${names.map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('')}</Buckets></R>`,
]
const objects = (...keys: string[]): Answer => [
  200,
  `<R>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</R>`,
]

const test = base
  /** A store that answers as it is told, once or always; it remembers what it was asked. Without a word: 200, empty. */
  .extend('store', async ({}, { onCleanup }) => {
    const asked: string[] = []
    const script = new Map<string, Answer[]>()
    const server = createServer((request, response) => {
      const name = nameOf(request)
      asked.push(name)
      const answers = script.get(name) ?? []
      const [status, body = '<R></R>'] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [200]
      request.resume().on('end', () => response.writeHead(status).end(status === 204 ? undefined : body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const target: Target = {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
      server.close().closeAllConnections()
    })
    return {
      client,
      asked,
      /** Of several answers each is given once, the last one from then on. */
      answer: (request: string, ...answers: Answer[]) => void script.set(request, answers),
    }
  })

/** Method, path and what of the query names a sub-resource, without values: `DELETE /b?policy`; `new` is a drawn name. */
function nameOf({ method, url = '' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://store')
  const names = [...searchParams.keys()].filter((name) => !/^(x-id|max-|prefix|encoding|.*marker)/.test(name))
  const path = pathname.replace(/\/$/, '').replace(/s3cr-0123456789-[0-9a-f]{10}/, 'new') || '/'
  return `${method} ${path}${names.length > 0 ? `?${names.join('&')}` : ''}`
}

describe.concurrent('letting everybody read', { timeout: 30_000 }, () => {
  test('is one request where nothing blocks it', async ({ store }) => {
    await letEverybodyRead(store.client, 'b')

    expect(store.asked).toEqual(['PUT /b?policy'])
  })

  test('lifts a block of public access, and puts the policy until it is taken', async ({ store }) => {
    store.answer('PUT /b?policy', error(403, 'AccessDenied'), error(403, 'AccessDenied'), [204])
    store.answer('GET /b?publicAccessBlock', [200, '<R><BlockPublicPolicy>true</BlockPublicPolicy></R>'])

    await letEverybodyRead(store.client, 'b')

    expect(store.asked).toEqual([
      'PUT /b?policy',
      'GET /b?publicAccessBlock',
      'PUT /b?publicAccessBlock',
      'PUT /b?policy',
      'PUT /b?policy',
    ])
  })

  test('says why the policy is refused where the bucket blocks nothing', async ({ store }) => {
    store.answer('PUT /b?policy', error(403, 'AccessDenied'))
    store.answer('GET /b?publicAccessBlock', error(404, 'NoSuchPublicAccessBlockConfiguration'))

    await expect(letEverybodyRead(store.client, 'b')).rejects.toMatchObject({
      name: 'Unsupported',
      message: expect.stringContaining('no bucket may be public here: 403 AccessDenied'),
    })

    expect(store.asked).toEqual(['PUT /b?policy', 'GET /b?publicAccessBlock'])
  })

  test('never sends what a store could take for the deletion of the bucket', async ({ store }) => {
    for (const code of ['AccessDenied', 'NotImplemented']) {
      store.answer('PUT /b?policy', error(code === 'AccessDenied' ? 403 : 501, code))
      await letEverybodyRead(store.client, 'b').catch(() => {})
    }

    expect(store.asked.filter((request) => request.startsWith('DELETE'))).toEqual([])
  })
})

describe.concurrent('a new bucket', { timeout: 30_000 }, () => {
  test('is waited for', async ({ store }) => {
    store.answer('HEAD /new', [404], [404], [200])

    await createBucket(store.client, RUN_ID)

    expect(store.asked).toEqual(['PUT /new', 'HEAD /new', 'HEAD /new', 'HEAD /new'])
  })

  test('was made by the attempt whose answer was lost', async ({ store }) => {
    store.answer('PUT /new', error(503, 'SlowDown'), error(409, 'BucketAlreadyOwnedByYou'))

    await expect(createBucket(store.client, RUN_ID)).resolves.toMatch(/^s3cr-0123456789-[0-9a-f]{10}$/)
  })

  test('enables versioning before it suspends it', async ({ store }) => {
    await createBucket(store.client, RUN_ID, { versioning: 'suspended' })

    const versioned = store.asked.filter((request) => request === 'PUT /new?versioning')
    expect(versioned).toHaveLength(2)
    expect(store.asked.at(-1)).toBe('PUT /new?versioning')
  })

  test('is deleted although it is not there at once', async ({ store }) => {
    store.answer('DELETE /b', error(404, 'NoSuchBucket'), error(404, 'NoSuchBucket'), [204])

    await removeNewBucket(store.client, 'b')

    expect(store.asked.filter((request) => request === 'DELETE /b')).toHaveLength(3)
  })
})

describe.concurrent('a bucket that keeps versions', { timeout: 30_000 }, () => {
  test('is waited for, by writing to it', async ({ store }) => {
    await createBucket(store.client, RUN_ID, { versioning: true })

    expect(store.asked.slice(0, 4)).toEqual(['PUT /new', 'HEAD /new', 'PUT /new?versioning', 'PUT /new/trial'])
  })
})

describe.concurrent('a bucket is removed', { timeout: 30_000 }, () => {
  test('where the store lists no versions, and deletes one object at a time', async ({ store }) => {
    store.answer('GET /b?versions', error(501, 'NotImplemented'))
    store.answer('GET /b?list-type', objects('one', 'two'))
    store.answer('POST /b?delete', error(405, 'MethodNotAllowed'))

    await removeBucket(store.client, 'b')

    const removals = store.asked.filter((request) => !request.startsWith('GET'))
    expect(removals).toEqual(['POST /b?delete', 'DELETE /b/one', 'DELETE /b/two', 'DELETE /b'])
  })

  test('where the store lists versions and leaves some out', async ({ store }) => {
    store.answer('DELETE /b', error(409, 'BucketNotEmpty'), [204])
    store.answer('GET /b?uploads', error(501, 'NotImplemented'))
    store.answer('GET /b?list-type', objects('left out'))

    await removeBucket(store.client, 'b')

    expect(store.asked.slice(-4)).toEqual(['GET /b?versions', 'GET /b?list-type', 'POST /b?delete', 'DELETE /b'])
  })

  test.for<[string, Answer]>([
    ['GET /b?versions', error(500, 'InternalError')],
    ['GET /b?uploads', error(500, 'InternalError')],
    ['POST /b?delete', error(400, 'MalformedXML')],
  ])('although %s fails', async ([request, failure], { store }) => {
    store.answer(request, failure)
    store.answer('GET /b?list-type', objects('one'))

    await removeBucket(store.client, 'b')

    expect(store.asked.at(-1)).toBe('DELETE /b')
  })

  test('not, and the step that failed is named', async ({ store }) => {
    store.answer('GET /b?versions', error(500, 'InternalError'))
    store.answer('DELETE /b', error(409, 'BucketNotEmpty'))

    await expect(removeBucket(store.client, 'b')).rejects.toMatchObject({ name: 'InternalError' })
  })

  test('with its unfinished uploads, and the store knows no upload that it lists', async ({ store }) => {
    store.answer('GET /b?uploads', [200, '<R><Upload><Key>k</Key><UploadId>u</UploadId></Upload></R>'])
    store.answer('DELETE /b/k?uploadId', error(404, 'NoSuchUpload'))

    await removeBucket(store.client, 'b')

    expect(store.asked).toContain('DELETE /b/k?uploadId')
    expect(store.asked.at(-1)).toBe('DELETE /b')
  })

  test('where the store is busy', async ({ store }) => {
    store.answer('DELETE /b', error(503, 'SlowDown'), [204])

    await expect(removeBucket(store.client, 'b')).resolves.toBeUndefined()
  })
})

describe.concurrent('the buckets of a run', { timeout: 30_000 }, () => {
  const [first, stuck, last] = ['s3cr-0123456789-a', 's3cr-0123456789-b', 's3cr-0123456789-c'] as const

  test('are removed although one of them resists, and that one is named', async ({ store }) => {
    store.answer('GET /', listed(first, stuck, last, 's3cr-another000-a', 'somebody-elses'))
    store.answer(`DELETE /${stuck}`, error(409, 'BucketNotEmpty'))

    await expect(removeRunBuckets(store.client, RUN_ID)).rejects.toMatchObject({
      name: 'BucketsLeft',
      message: expect.stringMatching(/^s3cr-0123456789-b \(409 BucketNotEmpty: .*\)$/),
      buckets: [{ name: stuck }],
    })

    const deleted = store.asked.filter((request) => request.startsWith('DELETE'))
    expect(new Set(deleted)).toEqual(new Set([`DELETE /${first}`, `DELETE /${stuck}`, `DELETE /${last}`]))
  })

  test('are tried again', async ({ store }) => {
    store.answer('GET /', listed(first))
    const conflict = error(409, 'OperationAborted')
    store.answer(`DELETE /${first}`, conflict, conflict, [204])

    await expect(removeRunBuckets(store.client, RUN_ID)).resolves.toEqual([first])
  })

  test('are those that ListBuckets does not show, too, where there may be some', async ({ store }) => {
    store.answer('GET /', listed(`${first}--use1-az4--x-s3`, 'another--use1-az4--x-s3'), listed(last))
    const others = store.client.config.disableS3ExpressSessionAuth
    store.client.config.disableS3ExpressSessionAuth = async () => true

    await expect(removeRunBuckets(store.client, RUN_ID, true)).resolves.toEqual([`${first}--use1-az4--x-s3`, last])

    store.client.config.disableS3ExpressSessionAuth = others
    expect(store.asked).not.toContain(`GET /${first}--use1-az4--x-s3?versions`)
  })

  test('are asked for once where the store knows no directory buckets', async ({ store }) => {
    store.answer('GET /', error(501, 'NotImplemented'), listed(first))

    await expect(removeRunBuckets(store.client, RUN_ID, true)).resolves.toEqual([first])
  })
})
