import { type Entry, expectedOf } from '../rules/index.ts'
import { accessOf, DENIED } from './access.ts'
import { noSuchVersion } from './addressed.ts'
import { verifiedChecksum } from './checksums.ts'
import { bucketOf, type Context, decide, refuse, UNKNOWN } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { entryError, respond, respondXml, type Xml } from './respond.ts'
import { refuseVainBypass, requireUnlocked } from './retention.ts'
import { keyOf, objectAt } from './state.ts'
import type { StoredBucket } from './stored.ts'
import { allHeaders } from './write.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

/** DeleteObject. */
export function deleteObject(context: Context): StoreResponse {
  const { request } = context
  const bucket = bucketOf(context)
  const { key = '', query } = request
  refuseVainBypass(bucket, request.headers)
  const versionId = query.get('versionId')
  if (versionId !== undefined && !objectAt(bucket, key, versionId) && noSuchVersion(key, versionId).status === 400) {
    throw noSuchVersion(key, versionId)
  }
  const decision = decide(context)
  const isDeleted = decision.effect !== 'unchanged'
  const headers = isDeleted ? deleteOne(context, bucket, key, versionId) : {}
  return decision.kind === 'refused' ? refuse(context, decision.error) : respond(204, headers)
}

/**
 * Deletes the current version of a key, or one version for good.
 * @returns the headers that tell what was deleted
 * @throws S3Error 403 for a version that an object lock retains
 */
function deleteOne(context: Context, bucket: StoredBucket, key: string, versionId?: string): Record<string, string> {
  const { state, now, request } = context
  if (versionId === undefined) {
    const marker = state.remove(bucket, key, now)
    return marker ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId } : {}
  }
  const found = objectAt(bucket, key, versionId)
  if (found?.kind === 'object') requireUnlocked(found, request.headers, now)
  const removed = state.removeVersion(bucket, key, versionId)
  return {
    'x-amz-version-id': versionId,
    ...(removed?.kind === 'delete marker' && { 'x-amz-delete-marker': 'true' }),
  }
}

/** DeleteObjects: each entry on its own. */
export function deleteObjects(context: Context): StoreResponse {
  const { sent } = context
  const bucket = bucketOf(context)
  const headers = allHeaders(context)
  refuseVainBypass(bucket, headers)
  const xml = readXml(sent.body, 'Delete')
  const entries = entriesIn(xml)
  if (verifiedChecksum(headers, sent.body ? [sent.body] : []) === undefined && headers['content-md5'] === undefined) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    )
  }
  const decision = decide(
    context,
    { entries: entries.map(({ key, versionId }) => keyOf(bucket, key, versionId)) },
    { entries },
  )
  // Where nothing is known of the whole request, it is not of any of its entries.
  const isKnown = decision.kind === 'accepted' || decision.error.status !== UNKNOWN.status
  if (decision.kind === 'refused' && isKnown) return refuse(context, decision.error)
  const results = entries.map((entry, n) => resultOf(context, bucket, entry, decision, n))
  const isQuiet = textOf(xml, 'Quiet')?.trim() === 'true'
  return respondXml(200, 'DeleteResult', {
    Deleted: isQuiet ? [] : results.flatMap(({ deleted }) => deleted ?? []),
    Error: results.flatMap(({ error }) => error ?? []),
  })
}

function resultOf(
  context: Context,
  bucket: StoredBucket,
  entry: Entry,
  decision: ReturnType<typeof decide>,
  n: number,
): { deleted?: Xml; error?: Xml } {
  const { key, versionId } = entry
  const access = accessOf(context.state.buckets, context.who, { ...context.request, operation: 'DeleteObject', key })
  if (access.refused) return { error: entryError(key, DENIED) }
  const outcome = decision.kind === 'accepted' ? decision.entries?.[n]?.outcome : undefined
  const one = outcome && expectedOf(outcome)
  if (!one) return { error: entryError(key, { ...UNKNOWN, message: 'It is not known what Amazon S3 does here.' }) }
  let headers: Record<string, string> = {}
  try {
    if (one.effect !== 'unchanged') headers = deleteOne(context, bucket, key, versionId)
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    return { error: entryError(key, { status: error.status, code: error.code, message: error.message }) }
  }
  if (one.kind === 'refused') return { error: entryError(key, one.error) }
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
 * The entries of DeleteObjects, with their conditions as the XML has them: an element that is empty is a condition, too.
 * @throws S3Error 400 MalformedXML for no entry, or one without a key
 */
export function entriesIn(xml: XmlElement): Entry[] {
  const entries = allOf(xml, 'Object').map((object) => {
    const key = textOf(object, 'Key')
    if (key === undefined || key === '') throw malformed()
    const members = {
      versionId: textOf(object, 'VersionId'),
      etag: textOf(object, 'ETag'),
      size: textOf(object, 'Size'),
      lastModifiedTime: textOf(object, 'LastModifiedTime'),
    }
    const sent = Object.entries(members).filter(([, text]) => text !== undefined)
    return { key, ...Object.fromEntries(sent) } as Entry
  })
  if (entries.length === 0) throw malformed()
  return entries
}
