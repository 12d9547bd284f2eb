import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { startReferenceStore } from 's3-reference-store'
import { afterAll, beforeAll } from 'vitest'

/**
 * Starts a reference store for the tests of a file, creates a bucket in it, and closes the store after the last test.
 */
export function referenceStore() {
  const lines: string[] = []
  const clients: S3Client[] = []
  const open = { endpoint: '', close: async () => {} }
  const Bucket = 'bucket'
  let config: S3ClientConfig = {}
  let number = 0

  function connect(more: S3ClientConfig = {}): S3Client {
    const client = new S3Client({ ...config, ...more })
    clients.push(client)
    return client
  }

  beforeAll(async () => {
    const store = await startReferenceStore({ log: (line) => void lines.push(line) })
    config = store.clientConfig
    Object.assign(open, { endpoint: store.endpoint, close: () => store.close() })
    await connect().send(new CreateBucketCommand({ Bucket }))
  })

  afterAll(async () => {
    for (const client of clients) client.destroy()
    await open.close()
  })

  return {
    connect,
    Bucket,
    /** The lines of the log, one for each conditional request. */
    lines,
    get endpoint() {
      return open.endpoint
    },
    /** The bucket owner's client, shared by all tests. */
    get s3() {
      return clients[0] as S3Client
    },
    newKey: () => `folder/a key ${++number}`,
    /**
     * Adds the faults in `text` to the store, one fault per line. If `method` is DELETE, removes all faults instead.
     */
    fault: (text: string, method = 'POST') => fetch(`${open.endpoint}/_reference/faults`, { method, body: text }),
  }
}

/**
 * Returns `accepted` if the request succeeds, otherwise the error's status and name, such as `412 PreconditionFailed`.
 */
export function code(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'accepted',
    (error) => `${error.$metadata?.httpStatusCode} ${error.name}`,
  )
}
