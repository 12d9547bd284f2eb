import { requiredObject } from './addressed.ts'
import { checksumElements, checksumOfObject } from './checksums.ts'
import { bucketOf, type Context } from './context.ts'
import { checkKey } from './encryption.ts'
import type { Headers, StoreResponse } from './message.ts'
import { versionHeaders } from './object-headers.ts'
import { numberIn } from './pages.ts'
import { respondXml, type Xml } from './respond.ts'
import type { StoredObject, StoredPart } from './stored.ts'
import { invalidArgument } from './values.ts'

const NAMES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']
const MAX_PARTS = 1_000

/** As in recorded responses of Amazon S3, the parts are listed only if the object has a composite checksum. */
function partsOf(headers: Headers, parts: readonly StoredPart[], object: StoredObject): Xml {
  const read = (name: string, fallback: number) => numberIn(name, headers[name], fallback)
  const marker = read('x-amz-part-number-marker', 0)
  const max = Math.min(read('x-amz-max-parts', MAX_PARTS), MAX_PARTS)
  if (object.checksum?.type !== 'COMPOSITE') return { PartsCount: parts.length }
  const after = parts.filter(({ number }) => number > marker)
  const page = after.slice(0, max)
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: max,
    IsTruncated: after.length > page.length,
    Part: page.map(({ number, size, checksum }) => ({
      PartNumber: number,
      Size: size,
      ...checksumElements(checksum, false),
    })),
  }
}

export function getAttributes(context: Context): StoreResponse {
  const { headers } = context.request
  const object = requiredObject(context)
  checkKey(object.encryption, headers)
  const requested = (headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim())
  const unknown = requested.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) {
    throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown)
  }
  const has = (name: string) => requested.includes(name)
  const { etag, size, parts } = object
  const content = {
    ETag: has('ETag') ? etag.slice(1, -1) : undefined,
    Checksum: has('Checksum') ? checksumElements(checksumOfObject(object)) : undefined,
    ObjectParts: has('ObjectParts') && parts ? partsOf(headers, parts, object) : undefined,
    StorageClass: has('StorageClass') ? (object.headers['x-amz-storage-class'] ?? 'STANDARD') : undefined,
    ObjectSize: has('ObjectSize') ? size : undefined,
  }
  return respondXml(200, 'GetObjectAttributesResponse', content, {
    'Last-Modified': object.lastModified.toUTCString(),
    ...versionHeaders(bucketOf(context), object),
  })
}
