import { noSuchVersion } from './addressed.ts'
import { bucketOf, type Context, decide, failWith } from './context.ts'
import { checkKey } from './encryption.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { checksumHeaders, readHeaders } from './object-headers.ts'
import { respond } from './respond.ts'
import { objectAt } from './state.ts'
import type { StoredObject } from './stored.ts'
import { websiteRequest } from './website.ts'

/** Handles GetObject, HeadObject, and GET requests to a website endpoint. */
export function readObject(context: Context): StoreResponse {
  const request = context.request.isWebsite ? websiteRequest(context) : context.request
  const { headers: sent, query, key = '' } = request
  const bucket = bucketOf(context)
  const versionId = query.get('versionId')
  const found = objectAt(bucket, key, versionId)
  if (versionId !== undefined && !found) throw noSuchVersion(key, versionId)
  const decision = decide({ ...context, request })
  if (decision.kind === 'failure') return failWith(context, decision.error)
  if (found?.kind !== 'object') throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key } })
  checkKey(found.encryption, sent)
  const isWhole = decision.status === 200
  const headers = readHeaders(bucket, found, sent, query, isWhole)
  if (isWhole) return respondWith(context, 200, headers, found.body, found.size)
  return respondPart(context, headers, found)
}

function respondPart(context: Context, headers: Record<string, string>, object: StoredObject): StoreResponse {
  const { request } = context
  const number = request.query.get('partNumber')
  const { first, last } =
    number === undefined ? rangeOf(request.headers.range ?? '', object.size) : partOf(object, Number(number))
  const isEmpty = last < first
  const range = {
    ...(!isEmpty && { 'Content-Range': `bytes ${first}-${last}/${object.size}` }),
    ...(number !== undefined && object.parts && { 'x-amz-mp-parts-count': String(object.parts.length) }),
    ...(number !== undefined && partChecksum(request.headers, object, Number(number))),
  }
  const body = isEmpty ? [] : slice(object.body, first, last + 1)
  return respondWith(context, 206, { ...headers, ...range }, body, last - first + 1)
}

/** Returns the headers for a part's checksum, with the type of the object's checksum. */
function partChecksum(headers: Headers, object: StoredObject, number: number) {
  const part = object.parts?.[number - 1]?.checksum
  const type = object.checksum?.type
  if (!part || !type || headers['x-amz-checksum-mode']?.toUpperCase() !== 'ENABLED') return {}
  return checksumHeaders({ ...part, type })
}

function respondWith(
  { request }: Context,
  status: number,
  headers: Record<string, string>,
  body: readonly Buffer[],
  contentLength: number,
): StoreResponse {
  const isHead = request.method === 'HEAD'
  return { ...respond(status, headers, isHead ? [] : body), ...(isHead && { contentLength }) }
}

function partOf({ parts, size }: StoredObject, number: number): { first: number; last: number } {
  if (!parts) return { first: 0, last: size - 1 }
  const before = parts.slice(0, number - 1).reduce((sum, part) => sum + part.size, 0)
  return { first: before, last: before + (parts[number - 1]?.size ?? 0) - 1 }
}

/** @param range a satisfiable range */
function rangeOf(range: string, size: number): { first: number; last: number } {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  if (from === '') return { first: Math.max(0, size - Number(to)), last: size - 1 }
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** Returns the bytes from `start` up to, but not including, `end`, without copying them. */
export function slice(body: readonly Buffer[], start: number, end: number): Buffer[] {
  let offset = 0
  return body.flatMap((chunk) => {
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, chunk.length)]
    offset += chunk.length
    return to > from ? [chunk.subarray(from, to)] : []
  })
}
