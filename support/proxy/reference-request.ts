import type { IncomingMessage } from 'node:http'
import type { Headers } from 's3-reference-store/rules'
import type { Operation } from '../evidence/fact'

/** Who asks: the owner of all buckets, a second caller with a key pair of its own, or nobody in particular. */
export type Who = 'owner' | 'guest' | 'anonymous'

/** A request as S3 understands it. */
export interface Call {
  readonly method: string
  /** As it was sent. */
  readonly url: string
  readonly host: string
  /** Lower-case names, with those that a presigned URL has in its query. */
  readonly headers: Record<string, string>
  /** As it was sent, of a presigned URL without its signature, conditions and headers. */
  readonly query: ReadonlyMap<string, string>
  readonly bucket: string
  /** Decoded; absent for a request to the bucket or the service. */
  readonly key?: string
  /** Of those that conditions are about, and reads of a website; undefined for all others. */
  readonly operation?: Operation
  readonly isWebsite: boolean
  /** In a bucket whose name ends in `--x-s3`. */
  readonly isDirectory: boolean
  /** The conditions, range and offset, by the names of the rules. */
  readonly conditions: Headers
  /** Whether it has any of them that has to be evaluated; ranges alone are the store's business. */
  readonly isConditional: boolean
  readonly keyId?: string
  readonly who: Who
  /** Conditions that stand in the query of a presigned URL. */
  readonly inQuery: readonly string[]
}

/** The key pair of the second caller; a documented constant, as is that of the owner. */
export const GUEST = { accessKeyId: 'guest', secretAccessKey: 'guest' } as const

/** The headers that the rules know, and which of them the store itself goes by. */
const CONDITIONS: Readonly<Record<string, keyof Headers>> = {
  'if-match': 'ifMatch',
  'if-none-match': 'ifNoneMatch',
  'if-modified-since': 'ifModifiedSince',
  'if-unmodified-since': 'ifUnmodifiedSince',
  'if-range': 'ifRange',
  'x-amz-copy-source-if-match': 'copySourceIfMatch',
  'x-amz-copy-source-if-none-match': 'copySourceIfNoneMatch',
  'x-amz-copy-source-if-modified-since': 'copySourceIfModifiedSince',
  'x-amz-copy-source-if-unmodified-since': 'copySourceIfUnmodifiedSince',
  'x-amz-if-match-size': 'ifMatchSize',
  'x-amz-if-match-last-modified-time': 'ifMatchLastModifiedTime',
  'x-amz-if-match-initiated-time': 'ifMatchInitiatedTime',
  'x-amz-rename-source-if-match': 'renameSourceIfMatch',
  'x-amz-rename-source-if-none-match': 'renameSourceIfNoneMatch',
  'x-amz-rename-source-if-modified-since': 'renameSourceIfModifiedSince',
  'x-amz-rename-source-if-unmodified-since': 'renameSourceIfUnmodifiedSince',
  'x-amz-write-offset-bytes': 'writeOffsetBytes',
  'x-amz-object-if-match': 'objectIfMatch',
}
const RANGES: Readonly<Record<string, keyof Headers>> = {
  range: 'range',
  'x-amz-copy-source-range': 'copySourceRange',
}

/** Headers of a condition: they never reach the store behind, which has faults of its own there. */
export const isCondition = (name: string) => name in CONDITIONS

const SUB_RESOURCES =
  /^(acl|attributes|cors|encryption|legal-hold|object-lock|policy|restore|retention|select|tagging|torrent|uploads|versions)$/

/** Reads a request: path style, or the bucket in the host, at localhost as at an address. */
export function readCall({ method = '', url = '/', headers: sent }: IncomingMessage): Call {
  const [path = '/', search = ''] = url.split(/\?(.*)/s)
  const host = sent.host ?? ''
  const { bucket, key, isWebsite } = placeOf(path, host)
  const all = new Map(search.split('&').flatMap((part) => (part ? [pairOf(part)] : [])))
  const presigned = all.has('X-Amz-Signature') || all.has('Signature')
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]))
  const { query, inQuery } = presigned ? unsigned(all, headers) : { query: all, inQuery: [] }

  const named = Object.entries({ ...CONDITIONS, ...RANGES })
  const conditions = Object.fromEntries(
    named.flatMap(([name, member]) => (headers[name] === undefined ? [] : [[member, headers[name]]])),
  )
  const operation = operationOf(method, key, query, headers)
  const keyId = keyIdOf(all, headers.authorization)
  return {
    ...{ method, url, host, headers, query, bucket, isWebsite, conditions, inQuery },
    ...(key !== undefined && { key }),
    ...(operation && { operation }),
    ...(keyId && { keyId }),
    isDirectory: bucket.endsWith('--x-s3'),
    isConditional: operation !== undefined && Object.keys(headers).some(isCondition),
    who: keyId === undefined ? 'anonymous' : keyId === GUEST.accessKeyId ? 'guest' : 'owner',
  }
}

/** The path and query that a call has at the store behind: path style, but for a website, which is known by its host. */
export function pathOf({ bucket, key, query, isWebsite }: Call): string {
  const place = `${isWebsite ? '' : `/${bucket}`}${key === undefined ? (isWebsite ? '/' : '') : `/${encodeKey(key)}`}`
  return withQuery(place, query)
}

export function withQuery(path: string, query: ReadonlyMap<string, string>): string {
  const pairs = [...query].map(([name, value]) => (value ? `${encoded(name)}=${encoded(value)}` : encoded(name)))
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path
}

export function encodeKey(key: string): string {
  return key.split('/').map(escape).join('/')
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Host names that hold a bucket: `b.localhost`, `b.s3.localhost…`, `b.s3-website.localhost…`. */
const VIRTUAL = /^(.+?)\.((?:s3|s3express-[\w-]+|s3-website)(?:[.-][\w-]+)*\.)?localhost(\.[\w.]+)?(:\d+)?$/

function placeOf(path: string, host: string): { bucket: string; key?: string; isWebsite: boolean } {
  const [, virtual, service = ''] = /^(s3|s3express-control)[.-]/.test(host) ? [] : (host.match(VIRTUAL) ?? [])
  const isWebsite = service.startsWith('s3-website')
  const [, first = '', rest] = virtual ? ['', virtual, path] : (path.match(/^\/+([^/]*)(\/.*)?$/s) ?? [])
  // The SDK doubles the slash behind a directory bucket at an endpoint without a name.
  const key = first.endsWith('--x-s3') ? rest?.replace(/^\/+/, '/') : rest
  const isBucket = key === undefined || key === '/'
  return { bucket: decoded(first), ...(!isBucket && { key: decoded(key.slice(1)) }), isWebsite }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function pairOf(part: string): [string, string] {
  const [name = '', value = ''] = part.split(/=(.*)/s)
  return [decoded(name), decoded(value)]
}

/** What a presigned URL signs in its query counts as header (P28); the SDK moves all of x-amz-* there. */
function unsigned(all: ReadonlyMap<string, string>, headers: Record<string, string>) {
  const query = new Map<string, string>()
  const inQuery: string[] = []
  for (const [name, value] of all) {
    const header = name.toLowerCase()
    if (
      /^(x-amz-(signature|algorithm|credential|date|expires|signedheaders|security-token)|signature|awsaccesskeyid|expires)$/.test(
        header,
      )
    )
      continue
    if (isCondition(header)) inQuery.push(header)
    // The checksum in the query is that of an empty body, whatever the body will be (P42).
    if (/^x-amz-(checksum-|sdk-checksum|content-sha256)/.test(header)) continue
    if (isCondition(header) || header.startsWith('x-amz-')) headers[header] ??= value
    else query.set(name, value)
  }
  return { query, inQuery }
}

function keyIdOf(query: ReadonlyMap<string, string>, authorization = ''): string | undefined {
  const [, four] = authorization.match(/Credential=([^/,]+)\//) ?? []
  const [, two] = authorization.match(/^AWS ([^:]+):/) ?? []
  return four ?? two ?? query.get('X-Amz-Credential')?.split('/')[0] ?? query.get('AWSAccessKeyId')
}

function operationOf(
  method: string,
  key: string | undefined,
  query: ReadonlyMap<string, string>,
  headers: Record<string, string>,
): Operation | undefined {
  if (key === undefined) return method === 'POST' && query.has('delete') ? 'DeleteObjects' : undefined
  if (query.has('uploadId')) {
    if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'UploadPart' : 'UploadPartCopy'
    if (method === 'POST') return 'CompleteMultipartUpload'
    return method === 'DELETE' ? 'AbortMultipartUpload' : undefined
  }
  if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload'
  if (method === 'PUT' && query.has('renameObject')) return 'RenameObject'
  if (query.has('annotation')) {
    return ({ PUT: 'PutObjectAnnotation', DELETE: 'DeleteObjectAnnotation' } as const)[method]
  }
  if ([...query.keys()].some((name) => SUB_RESOURCES.test(name))) return undefined
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject'
  return ({ GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' } as const)[method]
}
