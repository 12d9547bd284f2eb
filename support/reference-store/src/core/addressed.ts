import type { Context } from './context.ts'
import { S3Error } from './message.ts'
import { objectAt } from './state.ts'
import type { StoredBucket, StoredObject } from './stored.ts'

/** An id that no version of this store can have is 400, one that it could have had is 404. */
export function noSuchVersion(key: string, versionId: string): S3Error {
  if (versionId === 'null' || /^[\w-]{32}$/.test(versionId)) {
    return new S3Error(404, 'NoSuchVersion', '', { elements: { Key: key, VersionId: versionId } })
  }
  const elements = { ArgumentName: 'versionId', ArgumentValue: versionId }
  return new S3Error(400, 'InvalidArgument', 'Invalid version id specified', { elements })
}

/**
 * The current object of a key, or the version that a request addresses.
 * @param currentMarker the status if the current version is a delete marker
 * @throws S3Error 404 NoSuchKey or NoSuchVersion, 405 for a delete marker that is addressed
 */
export function requiredObject(context: Context, bucket: StoredBucket, currentMarker: 404 | 405 = 404): StoredObject {
  const { key = '', query } = context.request
  const versionId = query.get('versionId')
  const found = objectAt(bucket, key, versionId)
  if (found?.kind === 'object') return found
  if (!found && versionId !== undefined) throw noSuchVersion(key, versionId)
  const marker = found && { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.versionId }
  if (found && (versionId !== undefined || currentMarker === 405)) {
    throw new S3Error(405, 'MethodNotAllowed', '', {
      elements: { Method: context.request.method, ResourceType: 'DeleteMarker' },
      headers: { ...marker },
    })
  }
  throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key }, headers: { ...marker } })
}
