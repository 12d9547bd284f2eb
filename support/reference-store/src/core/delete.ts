import { type Entry, expectedOf, type Outcome } from '../rules/index.ts'
import { accessOf } from './access.ts'
import { noSuchVersion } from './addressed.ts'
import { verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, decide, UNKNOWN } from './context.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { entryError, respond, respondFailure, respondXml, type Xml } from './respond.ts'
import { rejectBypass, requireUnlocked } from './retention.ts'
import { keyOf, objectAt } from './state.ts'
import type { StoredBucket } from './stored.ts'
import { invalidRequest } from './values.ts'
import { allHeaders, bodyOf } from './write.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

export function deleteObject(context: Context): StoreResponse {
  const { request } = context
  const bucket = bucketOf(context)
  const { key = '', query } = request
  rejectBypass(bucket, request.headers)
  const versionId = query.get('versionId')
  if (versionId !== undefined && !objectAt(bucket, key, versionId)) {
    const error = noSuchVersion(key, versionId)
    if (error.status === 400) throw error
  }
  const decision = decide(context)
  const headers = decision.effect === 'unchanged' ? {} : deleteOne(context, bucket, key, versionId)
  return decision.kind === 'failure' ? respondFailure(decision.error) : respond(204, headers)
}

/**
 * Deletes a key. If a version id is given, permanently deletes that version instead.
 * @returns the response headers
 * @throws S3Error 403 if Object Lock protects the version
 */
function deleteOne(context: Context, bucket: StoredBucket, key: string, versionId?: string): Headers {
  const { state, now, request } = context
  if (versionId === undefined) {
    const marker = state.remove(bucket, key, now)
    return marker ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } : {}
  }
  const found = objectAt(bucket, key, versionId)
  if (found?.kind === 'object') requireUnlocked(found, request.headers, now)
  state.removeVersion(bucket, key, versionId)
  return {
    'x-amz-version-id': versionId,
    ...(found?.kind === 'delete marker' && { 'x-amz-delete-marker': 'true' }),
  }
}

export function deleteObjects(context: Context): StoreResponse {
  const { sent } = context
  const bucket = bucketOf(context)
  const headers = allHeaders(context)
  rejectBypass(bucket, headers)
  const xml = readXml(sent.body, 'Delete')
  const entries = entriesIn(xml)
  if (verifiedChecksum(headers, bodyOf(sent.body)) === undefined && headers['content-md5'] === undefined) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*')
  }
  const keys = entries.map(({ key, versionId }) => keyOf(bucket, key, versionId))
  const decision = decide(context, { entries: keys }, { entries })
  // If Amazon S3's response to the whole request is unknown, this store returns 200 with a 501 error for every entry.
  if (decision.kind === 'failure' && decision.error.status !== UNKNOWN.status) return respondFailure(decision.error)
  const outcomes = decision.kind === 'success' ? decision.entries : undefined
  const results = entries.map((entry, n) => resultOf(context, bucket, entry, outcomes?.[n]?.outcome))
  const isQuiet = textOf(xml, 'Quiet')?.trim() === 'true'
  return respondXml(200, 'DeleteResult', {
    Deleted: isQuiet ? [] : results.flatMap(({ deleted }) => deleted ?? []),
    Error: results.flatMap(({ error }) => error ?? []),
  })
}

function resultOf(
  context: Context,
  bucket: StoredBucket,
  { key, versionId }: Entry,
  outcome: Outcome | undefined,
): { deleted?: Xml; error?: Xml } {
  const access = accessOf(context.state.buckets, context.who, { ...context.request, operation: 'DeleteObject', key })
  if (access.denied) return { error: entryError(key, access.denied) }
  const decision = outcome && expectedOf(outcome)
  if (!decision) return { error: entryError(key, UNKNOWN) }
  let headers: Headers = {}
  try {
    if (decision.effect !== 'unchanged') headers = deleteOne(context, bucket, key, versionId)
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    return { error: entryError(key, error) }
  }
  if (decision.kind === 'failure') return { error: entryError(key, decision.error) }
  const isMarker = headers['x-amz-delete-marker'] === 'true'
  return {
    deleted: {
      Key: key,
      VersionId: versionId,
      ...(isMarker && { DeleteMarker: true, DeleteMarkerVersionId: headers['x-amz-version-id'] }),
    },
  }
}

/**
 * Parses the entries of a DeleteObjects request. A condition element without content, such as `<ETag/>`, is still a
 * condition.
 * @throws S3Error 400 MalformedXML if there are no entries or if an entry has no key
 */
export function entriesIn(xml: XmlElement): Entry[] {
  const entries = allOf(xml, 'Object').map((object) => {
    const key = textOf(object, 'Key')
    if (!key) throw malformed()
    return {
      key,
      versionId: textOf(object, 'VersionId'),
      etag: textOf(object, 'ETag'),
      size: textOf(object, 'Size'),
      lastModifiedTime: textOf(object, 'LastModifiedTime'),
    }
  })
  if (entries.length === 0) throw malformed()
  return entries
}
