import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { SignatureV4 } from '@smithy/signature-v4'
import { expect } from 'vitest'
import type { StoreRequest } from '../src/core/message.ts'
import { readRequest } from '../src/core/request.ts'
import { verifySignature } from '../src/core/signature.ts'

export const NOW = new Date('2026-11-25T10:11:12Z')
export const owner = { accessKeyId: 'test', secretAccessKey: 'secret' }
export const secondUser = { accessKeyId: 'guest', secretAccessKey: 'guest secret' }
export const options = { owner, secondUser, verifySignatures: true, now: () => NOW }

export const verify = (sent: StoreRequest, more: Partial<typeof options> = {}) =>
  verifySignature(readRequest(sent), sent, { ...options, ...more })

export const later = (seconds: number) => ({ now: () => new Date(NOW.getTime() + seconds * 1000) })

export const error = (status: number, code: string, more: object = {}) =>
  expect.objectContaining({ status, code, ...more })

class Sha256 {
  private hash: Hash | Hmac
  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string)
  }
  update(data: Uint8Array) {
    this.hash.update(data)
  }
  async digest() {
    return this.hash.digest()
  }
  reset() {}
}

export interface Signing {
  readonly method?: string
  readonly path?: string
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
  readonly credentials?: typeof owner
  readonly service?: string
}

/** Adds an Authorization header to a request. Returns the signed request as the store receives it. */
export async function signed({ method = 'GET', path = '/b/k', query = {}, headers = {}, ...more }: Signing = {}) {
  const { credentials = owner, service = 's3' } = more
  const signer = new SignatureV4({ credentials, region: 'eu-west-1', service, sha256: Sha256, uriEscapePath: false })
  const host = { protocol: 'http:', hostname: 'localhost' }
  const all = { host: 'localhost:4570', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...headers }
  const request = await signer.sign({ ...host, method, path, query, headers: all }, { signingDate: NOW })
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  const search = Object.entries(query).map((pair) => pair.map(encode).join('='))
  const url = [path, ...(search.length > 0 ? [search.join('&')] : [])].join('?')
  return { method, url, headers: lowerCased(request.headers) }
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

export const withHeaders = (sent: StoreRequest, headers: Record<string, string | undefined>): StoreRequest => ({
  ...sent,
  headers: Object.fromEntries(
    Object.entries({ ...sent.headers, ...headers }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  ),
})

/** Returns the request that the store receives when a client requests this URL. */
export function arrived(href: string, method: string, headers: Record<string, string> = {}): StoreRequest {
  const { host, pathname, search } = new URL(href)
  return { method, url: `${pathname}${search}`, headers: { host, ...headers } }
}

export const clientOf = (credentials: typeof owner) =>
  new S3Client({ endpoint: 'http://localhost:4570', region: 'eu-west-1', credentials, forcePathStyle: true })
