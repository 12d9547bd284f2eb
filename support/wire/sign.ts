import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'

/** The credentials of a local store, never those of a real account. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface SignedRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * Signs requests with changed headers again. Like the SDK, it signs the path unchanged, and the body by the hash in
 * the request's header. Requests signed with other credentials or another signature version are not changed.
 * @returns a function that returns the headers of a request
 */
export function signer(credentials: Credentials): (request: SignedRequest) => Promise<Record<string, string>> {
  const signature = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
  })
  return async ({ method, path, headers }) => {
    const isOwn = String(headers.authorization).includes(`Credential=${credentials.accessKeyId}/`)
    if (!isOwn) return headers as Record<string, string>
    const { authorization, connection, 'content-length': length, ...signed } = headers as Record<string, string>
    const { pathname, searchParams } = new URL(path, 'http://proxy')
    const request = {
      method,
      protocol: 'http:',
      hostname: signed.host ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: signed,
    }
    const { headers: all } = await signature.sign(request)
    return length === undefined ? all : { ...all, 'content-length': length }
  }
}

class Sha256 {
  private hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }

  update(data: Uint8Array): void {
    this.hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }

  reset(): void {
    this.hash = createHash('sha256')
  }
}
