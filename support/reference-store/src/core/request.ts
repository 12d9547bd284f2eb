import type { Headers as RulesHeaders } from '../rules/index.ts'
import { type Headers, type Query, S3Error, type StoreRequest } from './message.ts'
import { type OperationName, operationOf } from './operations.ts'

/** The sender of a request. */
export type Who = 'owner' | 'second user' | 'anonymous'

export interface S3Request {
  readonly method: string
  readonly host: string
  /** Keyed by lower-case name. Includes headers sent in the query of a presigned URL. */
  readonly headers: Headers
  /** Excludes the signature parameters of a presigned URL. */
  readonly query: Query
  /** Empty for a request to the service, such as ListBuckets. */
  readonly bucket: string
  /** The decoded key; absent for a request to the bucket or the service. */
  readonly key?: string
  /** The operation's name in the SDK; absent for an unsupported operation. */
  readonly operation?: OperationName
  readonly isWebsite: boolean
  /** Whether the bucket name ends in `--x-s3`. */
  readonly isDirectory: boolean
  /** The conditions, ranges and write offset, keyed by the names that the rules use. */
  readonly conditions: RulesHeaders
  /** Whether the request has a condition. A range is not a condition. */
  readonly isConditional: boolean
  /** Absent if the request is not signed. */
  readonly keyId?: string
  /** The region in the credential scope of Signature Version 4. */
  readonly signedRegion?: string
  /** The names of the conditions sent in the query of a presigned URL. */
  readonly inQuery: readonly string[]
}

const CONDITIONS: Readonly<Record<string, keyof RulesHeaders>> = {
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
const RANGES: Readonly<Record<string, keyof RulesHeaders>> = {
  range: 'range',
  'x-amz-copy-source-range': 'copySourceRange',
}
const NAMED = Object.entries({ ...CONDITIONS, ...RANGES })

export const isCondition = (name: string) => name in CONDITIONS

/**
 * Parses a path-style or virtual-hosted-style request.
 * @throws S3Error 400 InvalidURI for a path that is not UTF-8
 */
export function readRequest({ method, url, headers: sent }: StoreRequest): S3Request {
  const [path = '/'] = url.split('?')
  const { host = '' } = sent
  const { bucket, key, isWebsite } = placeOf(path, host)
  const all = new Map(pairsOf(url).map(([name, value]) => [name, decodedQuery(value)]))
  const headers = { ...sent }
  const isPresigned = all.has('X-Amz-Signature') || all.has('Signature')
  const { query, inQuery } = isPresigned ? withoutSignature(all, headers) : { query: all, inQuery: [] }
  const conditions = Object.fromEntries(
    NAMED.flatMap(([name, member]) => (headers[name] === undefined ? [] : [[member, headers[name]]])),
  )
  const operation = isWebsite && method === 'GET' ? 'GetObject' : operationOf(method, bucket, key, query, headers)
  return {
    method,
    host,
    headers,
    query,
    bucket,
    key,
    operation,
    isWebsite,
    conditions,
    inQuery,
    ...signerOf(all, headers.authorization),
    isDirectory: bucket.endsWith('--x-s3'),
    isConditional: Object.keys(headers).some(isCondition),
  }
}

/** Matches host names that contain a bucket name: `b.localhost`, `b.s3.localhost…`, `b.s3-website.localhost…`. */
const VIRTUAL = /^(.+?)\.((?:s3|s3express-[\w-]+|s3-website)(?:[.-][\w-]+)*\.)?localhost(\.[\w.]+)?(:\d+)?$/

function placeOf(path: string, host: string): { bucket: string; key?: string; isWebsite: boolean } {
  const [, virtual, service = ''] = /^(s3|s3express-control)[.-]/.test(host) ? [] : (host.match(VIRTUAL) ?? [])
  const isWebsite = service.startsWith('s3-website')
  const [, first = '', rest] = virtual ? ['', virtual, path] : (path.match(/^\/+([^/]*)(\/.*)?$/s) ?? [])
  // If the endpoint is an IP address, the SDK doubles the slash after the name of a directory bucket.
  const key = first.endsWith('--x-s3') ? rest?.replace(/^\/+/, '/') : rest
  const isBucket = key === undefined || key === '/'
  return { bucket: decodePath(first), key: isBucket ? undefined : decodePath(key.slice(1)), isWebsite }
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.", { elements: { URI: text } })
  }
}

/** Decodes percent-encoding. Text that cannot be decoded is returned unchanged. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Decodes a header as UTF-8 if its bytes are valid UTF-8. Node decodes all headers as Latin-1. */
export function asUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** Percent-encodes all characters except letters, digits and `-_.~`, as defined in RFC 3986. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Decodes percent-encoded text in which `+` stands for a space. */
export function decodedQuery(text: string): string {
  return decoded(text.replaceAll('+', ' '))
}

/** Splits the query of a URL into pairs of decoded names and encoded values. */
export function pairsOf(url: string): readonly (readonly [name: string, value: string])[] {
  const [, search = ''] = url.split(/\?(.*)/s)
  return search.split('&').flatMap((part) => {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    return part === '' ? [] : [[decodedQuery(name), value] as const]
  })
}

const OF_SIGNATURE =
  /^(x-amz-(signature|algorithm|credential|date|expires|signedheaders|security-token)|signature|awsaccesskeyid|expires)$/

/**
 * Treats conditions and x-amz-* headers in the query of a presigned URL as headers (P28). When the SDK presigns a URL,
 * it moves all x-amz-* headers into the query.
 */
function withoutSignature(all: Query, headers: Record<string, string>) {
  const query = new Map<string, string>()
  const inQuery: string[] = []
  for (const [name, value] of all) {
    const header = name.toLowerCase()
    if (OF_SIGNATURE.test(header)) continue
    if (isCondition(header)) inQuery.push(header)
    // A checksum in the query is ignored, because it is always the checksum of an empty body (P42).
    if (/^x-amz-(checksum-(?!mode)|sdk-checksum|content-sha256)/.test(header)) continue
    if (isCondition(header) || header.startsWith('x-amz-')) headers[header] ??= value
    else query.set(name, value)
  }
  return { query, inQuery }
}

function signerOf(query: Query, authorization = ''): Pick<S3Request, 'keyId' | 'signedRegion'> {
  const four = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential')
  const [keyId, , signedRegion] = four?.split('/') ?? [
    /^AWS ([^:]+):/.exec(authorization)?.[1] ?? query.get('AWSAccessKeyId'),
  ]
  return { keyId: keyId || undefined, signedRegion: signedRegion || undefined }
}

/** Parses the header `x-amz-copy-source`. */
export function sourceIn(header: string): { bucket: string; key: string; versionId?: string } {
  const [place = '', query = ''] = header.split('?')
  const [, bucket = '', key = ''] = /^\/?([^/]*)\/(.*)$/s.exec(decoded(place)) ?? []
  const [, versionId] = /(?:^|&)versionId=([^&]*)/.exec(query) ?? []
  return { bucket, key, versionId: versionId && decoded(versionId) }
}
