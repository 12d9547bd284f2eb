import type { IncomingMessage, RequestListener } from 'node:http'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  RenameObjectCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { listenOnLoopback } from '../wire/loopback'
import { type ClientOptions, connect, isCloud, PATIENT, type Target } from './target'

const OWNER = '111122223333'
const address = { Bucket: 'bucket', Key: 'key' }
const copied = { ...address, CopySource: 'bucket/source' }

const target: Target = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  forcePathStyle: false,
  expectedBucketOwner: OWNER,
  store: { name: 'aws', version: 'eu-west-1', how: 'aws' },
  runId: '0123456789',
  unsupported: {},
  headline: '',
}

interface HttpRequest {
  hostname: string
  headers: Record<string, string>
}

/** Returns the request that a client for the target builds when `send` is called. The request is not sent. */
async function requestOf(of: Target, send: (client: S3Client) => Promise<unknown>): Promise<HttpRequest> {
  const client = connect(of)
  const sent: HttpRequest[] = []
  client.middlewareStack.add(
    () => async (args) => {
      sent.push(args.request as HttpRequest)
      return { output: { $metadata: {} }, response: {} }
    },
    { step: 'finalizeRequest', priority: 'low' },
  )
  await send(client)
  if (!sent[0]) throw new Error('no request was sent')
  return sent[0]
}

const get = (client: S3Client) => client.send(new GetObjectCommand(address))
const copy = (client: S3Client) => client.send(new CopyObjectCommand(copied))
const copyPart = (client: S3Client) =>
  client.send(new UploadPartCopyCommand({ ...copied, UploadId: 'u', PartNumber: 1 }))
const deleteObjects = (client: S3Client) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects: [{ Key: 'key' }] } }))
const listBuckets = (client: S3Client) => client.send(new ListBucketsCommand())
const createBucket = (client: S3Client) => client.send(new CreateBucketCommand({ Bucket: 'bucket' }))
const rename = (client: S3Client) => client.send(new RenameObjectCommand({ ...address, RenameSource: '/source' }))

describe('a client', () => {
  test.for([get, copy, copyPart, deleteObjects])('expects the owner of its buckets: %o', async (send) => {
    const { headers } = await requestOf(target, send)

    expect(headers).toMatchObject({ 'x-amz-expected-bucket-owner': OWNER })
    expect(headers.authorization).toContain('x-amz-expected-bucket-owner')
  })

  test.for([copy, copyPart])('expects the owner of the source, too: %o', async (send) => {
    const { headers } = await requestOf(target, send)

    expect(headers).toMatchObject({ 'x-amz-source-expected-bucket-owner': OWNER })
  })

  test.for([listBuckets, createBucket, rename])(
    'expects no owner if the operation does not support it: %o',
    async (send) => {
      const { headers } = await requestOf(target, send)

      expect(Object.keys(headers)).not.toContain('x-amz-expected-bucket-owner')
    },
  )

  test('can expect another owner in a single request', async () => {
    const ExpectedBucketOwner = '444455556666'
    const { headers } = await requestOf(target, (client) =>
      client.send(new GetObjectCommand({ ...address, ExpectedBucketOwner })),
    )

    expect(headers).toMatchObject({ 'x-amz-expected-bucket-owner': ExpectedBucketOwner })
  })

  test('expects no owner if none is known', async () => {
    const { headers } = await requestOf({ ...target, expectedBucketOwner: undefined }, get)

    expect(Object.keys(headers)).not.toContain('x-amz-expected-bucket-owner')
  })

  test('sends the bucket in the host name to Amazon S3 and in the path to an endpoint', async () => {
    // Removes the variables that are set in a rehearsal of a run against Amazon S3, because they change the host names.
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3']) vi.stubEnv(name, undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
    const local: Target = { ...target, endpoint: 'http://localhost:4566', forcePathStyle: true }

    expect((await requestOf(target, get)).hostname).toBe('bucket.s3.eu-west-1.amazonaws.com')
    expect((await requestOf(local, get)).hostname).toBe('localhost')
  })
})

test.for<[boolean, string | undefined]>([
  [true, undefined],
  [true, 'https://s3.example.com'],
  [true, 'https://1.2.3.4:9000'],
  [false, 'http://localhost:9000'],
  [false, 'http://s3.localhost.localstack.cloud.localhost'],
  [false, 'http://127.0.0.1:9000'],
  [false, 'http://[::1]:9000'],
  [false, 'http://192.168.1.7:9000'],
  [false, 'http://172.20.0.2:9000'],
  [false, 'http://minio:9000'],
])('isCloud returns %s for %s', ([expected, endpoint]) => {
  const how = endpoint ? 'endpoint' : 'aws'

  expect(isCloud({ endpoint, store: { name: 'a-store', version: '1', how } })).toBe(expected)
})

describe.concurrent('a response that comes late', { timeout: 20_000 }, () => {
  const MIB = 1_048_576

  test.for([
    ['fails a request without a large body', 10, 'TimeoutError'],
    ['is accepted if the body is large', 4 * MIB, undefined],
  ] as const)('%s', async ([, bytes, failure], { onTestFinished }) => {
    const { endpoint, close } = await listenOnLoopback((request, response) => {
      request.resume().on('end', () => setTimeout(() => response.end(), 6_000))
    })
    onTestFinished(close)
    const client = connect({ ...target, endpoint, forcePathStyle: true })

    const put = client.send(new PutObjectCommand({ ...address, Body: 'x'.repeat(bytes) }))

    expect(
      await put.then(
        () => undefined,
        ({ name }) => name,
      ),
    ).toBe(failure)
  })
})

describe('an operation that gets no response', { timeout: 20_000 }, () => {
  const policy = new PutBucketPolicyCommand({ Bucket: 'bucket', Policy: '{}' })
  const LOCAL = { name: 'a-store', version: '1', how: 'endpoint' } as const
  const isPolicy = ({ url = '' }: IncomingMessage) => url.includes('policy')

  async function serve(respond: RequestListener) {
    const store = { policies: 0 }
    const { endpoint, close } = await listenOnLoopback((request, response) => {
      if (isPolicy(request)) store.policies++
      request.resume().on('end', () => respond(request, response))
    })
    onTestFinished(close)
    const local = { ...target, endpoint, forcePathStyle: true, store: LOCAL }
    const client = (options: ClientOptions = {}) => connect(local, { timeoutMs: 200, ...options })
    return { store, client }
  }

  test.for<[string, (request: IncomingMessage) => void]>([
    ['never responds', () => {}],
    ['closes the connection', (request) => void request.socket.destroy()],
  ])('is sent only twice to a store that %s, by all clients together', async ([, fail]) => {
    const { store, client } = await serve((request, response) => {
      if (isPolicy(request)) fail(request)
      else response.end()
    })
    // Leaves enough time for a ping on a busy machine. The ping is sent when half of the timeout has passed.
    const timeoutMs = 3_000
    const first = client({ timeoutMs })
    const sharing = client({ timeoutMs, requestHandler: first.config.requestHandler })

    await expect(first.send(policy)).rejects.toThrow()
    await expect(sharing.send(policy)).rejects.toThrow()
    await expect(client({ ...PATIENT, timeoutMs }).send(policy)).rejects.toThrow(
      'PUT bucket?policy: the store did not respond to 2 such requests',
    )

    expect(store.policies).toBe(2)
    // Requests for other operations are still sent.
    await expect(first.send(new PutObjectCommand({ ...address, Body: 'x' }))).resolves.toBeDefined()
  })

  test('is sent again if the store has ever responded to it', async () => {
    let sent = 0
    const { store, client } = await serve((request, response) => {
      if (!isPolicy(request) || ++sent === 1 || sent > 4) response.end()
    })
    const one = client()

    await one.send(policy)
    for (const _ of [1, 2, 3]) await expect(one.send(policy)).rejects.toThrow()
    await one.send(policy)

    expect(store.policies).toBe(5)
  })

  test('is sent again if the store responds to no operation, because the machine may be overloaded', async () => {
    const { store, client } = await serve(() => {})
    const one = client()

    for (const _ of [1, 2, 3]) await expect(one.send(policy)).rejects.toThrow()

    expect(store.policies).toBe(3)
  })
})
