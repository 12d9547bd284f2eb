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
export const SIGNED =
  'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'

export interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly code?: string
  readonly isLost: boolean
}

export interface TestStore {
  readonly store: Store
  readonly log: readonly string[]
  /** Sends a request as the owner. */
  send(method: string, url: string, headers?: Record<string, string>, body?: string | Buffer): Promise<Sent>
}

/** Creates a store with two buckets: `b-bucket`, and `v-bucket` with versioning enabled. */
export async function testStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const log: string[] = []
  const store = newStore({ ...OPTIONS, log: (line) => void log.push(line), ...options })
  const send: TestStore['send'] = async (method, url, headers = {}, body) => {
    const request: StoreRequest = {
      ...{ method, url, headers: { host: '127.0.0.1:4570', authorization: SIGNED, ...headers } },
      ...(body !== undefined && { body: Buffer.from(body) }),
    }
    const pending = store.receive(request)
    pending.reserve(request.body?.length ?? 0)
    const { status, headers: all, body: chunks, isLost = false } = await pending.finish(request.body)
    const text = Buffer.concat(chunks).toString()
    const [, code] = /<Code>([^<]*)</.exec(text) ?? []
    return { status, headers: all, text, ...(code !== undefined && { code }), isLost }
  }
  for (const bucket of ['b-bucket', 'v-bucket']) await send('PUT', `/${bucket}`)
  await send(
    'PUT',
    '/v-bucket?versioning',
    {},
    '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  )
  return { store, log, send }
}
