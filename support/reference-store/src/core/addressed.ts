import { bucketOf, type Context } from './context.ts'
import { type Headers, S3Error } from './message.ts'
import { objectAt } from './state.ts'
import type { StoredObject } from './stored.ts'
import { invalidArgument } from './values.ts'

/** Returns the error for a version that does not exist: 404 if the version id is well-formed, otherwise 400. */
export function noSuchVersion(key: string, versionId: string): S3Error {
  if (versionId === 'null' || /^[\w-]{32}$/.test(versionId)) {
    return new S3Error(404, 'NoSuchVersion', '', { elements: { Key: key, VersionId: versionId } })
  }
  return invalidArgument('Invalid version id specified', 'versionId', versionId)
}

/**
 * Returns the object that a request addresses: the version specified in the query or, if none is specified, the key's
 * current version.
 * @param currentMarker the error status if the current version is a delete marker
 * @throws S3Error 404 NoSuchBucket, NoSuchKey or NoSuchVersion; 405 for a version id that identifies a delete marker
 */
export function requiredObject(context: Context, currentMarker: 404 | 405 = 404): StoredObject {
  const { key = '', query } = context.request
  const versionId = query.get('versionId')
  const found = objectAt(bucketOf(context), key, versionId)
  if (found?.kind === 'object') return found
  if (!found && versionId !== undefined) throw noSuchVersion(key, versionId)
  const headers: Headers = found ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.versionId } : {}
  if (found && (versionId !== undefined || currentMarker === 405)) {
    const elements = { Method: context.request.method, ResourceType: 'DeleteMarker' }
    throw new S3Error(405, 'MethodNotAllowed', '', { elements, headers })
  }
  throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key }, headers })
}
