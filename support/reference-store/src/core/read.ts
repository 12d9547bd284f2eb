import type { Range } from '../rules/index.ts'
import { noSuchVersion } from './addressed.ts'
import { bucketOf, type Context, decide } from './context.ts'
import { checkKey } from './encryption.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { checksumHeaders, readHeaders } from './object-headers.ts'
import { respond, respondFailure } from './respond.ts'
import { objectAt } from './state.ts'
import type { StoredObject } from './stored.ts'
import { websiteRequest } from './website.ts'

/** Handles GetObject, HeadObject, and GET requests to a website endpoint. */
export function readObject(context: Context): StoreResponse {
  const request = context.request.isWebsite ? websiteRequest(context) : context.request
  const { headers: sent, query, key = '' } = request
  const versionId = query.get('versionId')
  const found = objectAt(bucketOf(context), key, versionId)
  if (versionId !== undefined && !found) throw noSuchVersion(key, versionId)
  const decision = decide({ ...context, request })
  if (decision.kind === 'failure') return respondFailure(decision.error)
  if (found?.kind !== 'object') throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key } })
  checkKey(found.encryption, sent)
  const isWhole = decision.status === 200
  const headers = readHeaders(context, found, isWhole)
  if (isWhole) return respond(200, headers, found.body)
  const number = Number(query.get('partNumber'))
  const range = decision.range ?? partOf(found, number)
  const { first, last } = range
  const ofRange = {
    ...(first <= last && { 'Content-Range': `bytes ${first}-${last}/${found.size}` }),
    ...(!decision.range && partHeaders(sent, found, number)),
  }
  return respond(206, { ...headers, ...ofRange }, slice(found.body, range))
}

/**
 * Returns the additional response headers for a request that reads a single part: the number of parts and, if the
 * request asks for checksums, the part's checksum and the type of the object's checksum.
 */
function partHeaders(headers: Headers, { parts, checksum }: StoredObject, number: number): Headers {
  if (!parts) return {}
  const own = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' ? parts[number - 1]?.checksum : undefined
  return {
    'x-amz-mp-parts-count': String(parts.length),
    ...(own && checksum && checksumHeaders({ ...own, type: checksum.type })),
  }
}

function partOf({ parts, size }: StoredObject, number: number): Range {
  if (!parts) return { first: 0, last: size - 1 }
  const before = parts.slice(0, number - 1).reduce((sum, part) => sum + part.size, 0)
  return { first: before, last: before + (parts[number - 1]?.size ?? 0) - 1 }
}

/** Returns the bytes in a range without copying them. */
export function slice(body: readonly Buffer[], { first, last }: Range): Buffer[] {
  let offset = 0
  return body.flatMap((chunk) => {
    const [from, to] = [Math.max(first - offset, 0), Math.min(last + 1 - offset, chunk.length)]
    offset += chunk.length
    return to > from ? [chunk.subarray(from, to)] : []
  })
}
