import { requiredObject } from './addressed.ts'
import { checksumOfObject, elementOf } from './checksums.ts'
import { bucketOf, type Context } from './context.ts'
import { checkKey } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { versionHeaders } from './object-headers.ts'
import { respond, respondXml } from './respond.ts'
import type { Checksum } from './stored.ts'
import { readXml, textOf } from './xml.ts'

const checksumElements = ({ algorithm, value, type }: Checksum) => ({
  [elementOf(algorithm)]: value,
  ChecksumType: type,
})

/** GetObjectAttributes. */
export function getAttributes(context: Context): StoreResponse {
  const { request } = context
  const bucket = bucketOf(context)
  const object = requiredObject(context, bucket)
  checkKey(object.encryption, request.headers)
  const asked = (request.headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim())
  if (asked.join('') === '') {
    throw new S3Error(400, 'InvalidArgument', 'Invalid attribute name specified.', {
      elements: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: '' },
    })
  }
  const has = (name: string) => asked.includes(name)
  const { etag, size, parts, headers } = object
  return respondXml(
    200,
    'GetObjectAttributesResponse',
    {
      ETag: has('ETag') ? etag.slice(1, -1) : undefined,
      Checksum: has('Checksum') ? checksumElements(checksumOfObject(object)) : undefined,
      ObjectParts:
        has('ObjectParts') && parts
          ? {
              PartsCount: parts.length,
              Part: parts.map(({ number, size: bytes, checksum }) => ({
                PartNumber: number,
                Size: bytes,
                ...(checksum && { [elementOf(checksum.algorithm)]: checksum.value }),
              })),
            }
          : undefined,
      StorageClass: has('StorageClass') ? (headers['x-amz-storage-class'] ?? 'STANDARD') : undefined,
      ObjectSize: has('ObjectSize') ? size : undefined,
    },
    { 'Last-Modified': object.lastModified.toUTCString(), ...versionHeaders(bucket, object) },
  )
}

/** GetObjectRetention. */
export function getRetention(context: Context): StoreResponse {
  const { retainUntil } = requiredObject(context, bucketOf(context))
  if (!retainUntil) {
    throw new S3Error(
      404,
      'NoSuchObjectLockConfiguration',
      'The specified object does not have a ObjectLock configuration',
    )
  }
  return respondXml(200, 'Retention', { Mode: retainUntil.mode, RetainUntilDate: retainUntil.until.toISOString() })
}

/** PutObjectRetention. */
export function putRetention(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const object = requiredObject(context, bucket)
  if (!bucket.objectLock) throw new S3Error(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration')
  const xml = readXml(context.sent.body, 'Retention')
  const [mode, until] = [textOf(xml, 'Mode'), textOf(xml, 'RetainUntilDate')]
  if (mode === undefined || until === undefined) delete object.retainUntil
  else object.retainUntil = { mode, until: new Date(until) }
  return respond(200)
}
