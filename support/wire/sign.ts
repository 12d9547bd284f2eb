import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'

/** Credentials for a local store, never for a real AWS account. */
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
 * Re-signs requests whose headers have been changed. Like the SDK, it signs the path as is, and takes the hash of the
 * body from `x-amz-content-sha256`. A request that was signed with other credentials or with another signature version
 * keeps its headers.
 * @returns a function that takes a request and returns its headers with the new signature
 */
export function signer(credentials: Credentials): (request: SignedRequest) => Promise<Record<string, string>> {
  const signature = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: 's3',
    sha256: Hash.bind(null, 'sha256'),
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
