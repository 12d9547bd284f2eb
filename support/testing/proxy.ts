import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, inject } from 'vitest'
import { startReference } from '../proxy/reference'

const owner = { accessKeyId: 'test', secretAccessKey: 'test' }

/** For the tests of a file: a reference store over the store that the run has started, real clients of it and a bucket. */
export function referenceStore() {
  const lines: string[] = []
  const clients: S3Client[] = []
  const open = { endpoint: '', Bucket: '', close: async () => {} }
  let number = 0

  function connect(config: S3ClientConfig = {}): S3Client {
    const { endpoint } = open
    const client = new S3Client({ endpoint, region: 'us-east-1', credentials: owner, forcePathStyle: true, ...config })
    clients.push(client)
    return client
  }

  beforeAll(async () => {
    const { endpoint = '', runId } = inject('target')
    const store = await startReference(endpoint, owner, { log: (line) => void lines.push(line) })
    Object.assign(open, store, { Bucket: `s3cr-${runId}-${Math.random().toString(36).slice(2, 10)}` })
    await connect().send(new CreateBucketCommand({ Bucket: open.Bucket }))
  })

  afterAll(async () => {
    for (const client of clients) client.destroy()
    await open.close()
  })

  return {
    connect,
    /** What was logged, a line a conditional request. */
    lines,
    get endpoint() {
      return open.endpoint
    },
    get Bucket() {
      return open.Bucket
    },
    /** A client of the owner; one for all tests. */
    get s3() {
      return clients[0] as S3Client
    },
    newKey: () => `folder/a key ${++number}`,
    /** Asks for faults, one a line. */
    fault: (text: string, method = 'POST') => fetch(`${open.endpoint}/_reference/faults`, { method, body: text }),
  }
}

/** How a request has ended: `accepted`, or `412 PreconditionFailed`. */
export function code(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'accepted',
    (error) => `${error.$metadata?.httpStatusCode} ${error.name}`,
  )
}
