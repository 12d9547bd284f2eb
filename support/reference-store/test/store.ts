import { createHash } from 'node:crypto'
import type { StoreOptions } from '../src/core/context.ts'
import type { StoreRequest } from '../src/core/message.ts'
import { newStore, type Store } from '../src/core/store.ts'

export const OPTIONS: StoreOptions = {
  owner: { accessKeyId: 'test', secretAccessKey: 'test' },
  secondUser: { accessKeyId: 'guest', secretAccessKey: 'guest' },
  region: 'us-east-1',
  now: () => new Date(),
  maxBytes: 2 ** 31,
  verifySignatures: false,
  log: () => {},
}

/** The owner's Authorization header. Its signature is not verified. */
const SIGNED = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'

interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly code?: string
  readonly isLost: boolean
}

interface TestStore {
  readonly store: Store
  readonly log: readonly string[]
  /** Sends a request as the owner. */
  send(method: string, url: string, headers?: Record<string, string>, body?: string | Buffer): Promise<Sent>
  createUpload(url: string, headers?: Record<string, string>): Promise<string>
}

export const INM = { 'if-none-match': '*' }

export const md5 = (body: string) => ({ 'content-md5': createHash('md5').update(body).digest('base64') })

/** Returns the body of a CompleteMultipartUpload request for parts with these ETags. */
export function completion(...etags: (string | undefined)[]): string {
  const parts = etags.map((etag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
}

/** Returns the body of a PutBucketVersioning request. */
export const versioning = (status: string) =>
  `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`

/** Creates a store with two buckets: `b-bucket`, and `v-bucket` with versioning enabled. */
export async function testStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const log: string[] = []
  const store = newStore({ ...OPTIONS, log: (line) => void log.push(line), ...options })
  const send: TestStore['send'] = async (method, url, headers = {}, body) => {
    const request: StoreRequest = {
      method,
      url,
      headers: { host: '127.0.0.1:4570', authorization: SIGNED, ...headers },
      body: body === undefined ? undefined : Buffer.from(body),
    }
    const pending = store.receive(request)
    pending.reserve(request.body?.length ?? 0)
    const { status, headers: all, body: chunks, isLost = false } = await pending.finish(request.body)
    const text = Buffer.concat(chunks).toString()
    const [, code] = /<Code>([^<]*)</.exec(text) ?? []
    return { status, headers: all, text, code, isLost }
  }
  for (const bucket of ['b-bucket', 'v-bucket']) await send('PUT', `/${bucket}`)
  await send('PUT', '/v-bucket?versioning', {}, versioning('Enabled'))
  const createUpload: TestStore['createUpload'] = async (url, headers) => {
    const { text } = await send('POST', `${url}?uploads`, headers)
    return /<UploadId>([^<]*)</.exec(text)?.[1] ?? ''
  }
  return { store, log, send, createUpload }
}
