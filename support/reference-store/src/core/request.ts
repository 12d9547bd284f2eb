import type { Headers, Operation } from '../rules/index.ts'
import { S3Error, type StoreRequest } from './message.ts'
import { type OperationName, operationOf } from './operations.ts'

/** Who sends a request: the owner of all buckets, the second user, or nobody in particular. */
export type Who = 'owner' | 'second user' | 'anonymous'

export type { KeyPair as Credentials } from '../types.ts'

/** A request as S3 understands it. */
export interface S3Request {
  readonly method: string
  /** As it was sent. */
  readonly url: string
  readonly host: string
  /** By lower-case name, with those that a presigned URL has in its query. */
  readonly headers: Readonly<Record<string, string>>
  /** Decoded, without what belongs to a presigned URL. */
  readonly query: ReadonlyMap<string, string>
  /** Empty for a request to the service. */
  readonly bucket: string
  /** Decoded; absent for a request to the bucket or the service. */
  readonly key?: string
  /** By its name in the SDK; undefined for what this store does not know. */
  readonly operation?: OperationName
  readonly isWebsite: boolean
  /** To a bucket whose name ends in `--x-s3`. */
  readonly isDirectory: boolean
  /** The conditions, ranges and offset, by the names of the rules. */
  readonly conditions: Headers
  /** Whether it has a condition; ranges are none. */
  readonly isConditional: boolean
  /** Absent for a request without a signature. */
  readonly keyId?: string
  /** The region in the scope of a signature of version 4. */
  readonly signedRegion?: string
  /** Of a presigned URL: the conditions that stand in its query. */
  readonly inQuery: readonly string[]
}

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
const NAMED = Object.entries({ ...CONDITIONS, ...RANGES })

/** Whether a header, by its lower-case name, is a condition. */
export const isCondition = (name: string) => name in CONDITIONS

/** The rules know this operation: a condition can be about it. */
const RULED: Readonly<Record<Operation, true>> = {
  GetObject: true,
  HeadObject: true,
  CopyObject: true,
  UploadPartCopy: true,
  PutObject: true,
  CompleteMultipartUpload: true,
  DeleteObject: true,
  DeleteObjects: true,
  RenameObject: true,
  PutObjectAnnotation: true,
  DeleteObjectAnnotation: true,
  CreateMultipartUpload: true,
  UploadPart: true,
  AbortMultipartUpload: true,
}

/** @returns the operation as the rules know it; undefined for one that no condition is about */
export function ruledOperation({ operation }: S3Request): Operation | undefined {
  return operation !== undefined && operation in RULED ? (operation as Operation) : undefined
}

/**
 * Reads a request: path style, or the bucket in the host, at localhost as at an address.
 * @throws S3Error 400 InvalidURI for a path that is not UTF-8
 */
export function readRequest({ method, url, headers: sent }: StoreRequest): S3Request {
  const [path = '/'] = url.split('?')
  const host = sent.host ?? ''
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
    ...{ method, url, host, headers, query, bucket, isWebsite, conditions, inQuery },
    ...(key !== undefined && { key }),
    ...(operation && { operation }),
    ...signerOf(all, headers.authorization),
    isDirectory: bucket.endsWith('--x-s3'),
    isConditional: Object.keys(headers).some(isCondition),
  }
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
  return { bucket: decodePath(first), ...(!isBucket && { key: decodePath(key.slice(1)) }), isWebsite }
}

/** Keys are UTF-8: what is not, S3 cannot parse. */
function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.", { elements: { URI: text } })
  }
}

/** @returns the text as it is where it cannot be decoded */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Node reads a header byte by byte: one that is UTF-8 is read so. */
export function asUtf8(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** Percent-encoded by RFC 3986: all but letters, digits and `-_.~`. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** In a query a plus is a blank. */
export function decodedQuery(text: string): string {
  return decoded(text.replaceAll('+', ' '))
}

/** The query of a URL as pairs: names decoded, values as they were sent. */
export function pairsOf(url: string): readonly (readonly [name: string, value: string])[] {
  const [, search = ''] = url.split(/\?(.*)/s)
  return search.split('&').flatMap((part) => {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    return part === '' ? [] : [[decodedQuery(name), value] as const]
  })
}

const OF_SIGNATURE =
  /^(x-amz-(signature|algorithm|credential|date|expires|signedheaders|security-token)|signature|awsaccesskeyid|expires)$/

/** What a presigned URL signs in its query counts as a header (P28); the SDK moves all of x-amz-* there. */
function withoutSignature(all: ReadonlyMap<string, string>, headers: Record<string, string>) {
  const query = new Map<string, string>()
  const inQuery: string[] = []
  for (const [name, value] of all) {
    const header = name.toLowerCase()
    if (OF_SIGNATURE.test(header)) continue
    if (isCondition(header)) inQuery.push(header)
    // The checksum in the query is that of an empty body, whatever the body will be (P42).
    if (/^x-amz-(checksum-(?!mode)|sdk-checksum|content-sha256)/.test(header)) continue
    if (isCondition(header) || header.startsWith('x-amz-')) headers[header] ??= value
    else query.set(name, value)
  }
  return { query, inQuery }
}

/** The key id, and the region that a signature of version 4 is for. */
function signerOf(query: ReadonlyMap<string, string>, authorization = ''): Pick<S3Request, 'keyId' | 'signedRegion'> {
  const four = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential')
  const [keyId, , signedRegion] = four?.split('/') ?? [
    /^AWS ([^:]+):/.exec(authorization)?.[1] ?? query.get('AWSAccessKeyId'),
  ]
  return { ...(keyId && { keyId }), ...(signedRegion && { signedRegion }) }
}

/** Where the source of a copy is, by the header `x-amz-copy-source`. */
export function sourceIn(header: string): { bucket: string; key: string; versionId?: string } {
  const [place = '', query = ''] = header.split('?')
  const [, bucket = '', key = ''] = /^\/?([^/]*)\/(.*)$/s.exec(decoded(place)) ?? []
  const [, versionId] = /(?:^|&)versionId=([^&]*)/.exec(query) ?? []
  return { bucket, key, ...(versionId !== undefined && { versionId: decoded(versionId) }) }
}
