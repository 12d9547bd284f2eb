// This file is part of the package's public types, which must not depend on Node's types.

const crud = <const Name extends string>(name: Name) =>
  ({ GET: `Get${name}`, PUT: `Put${name}`, DELETE: `Delete${name}` }) as const

/** Operations by sub-resource and method. For example, GET with `?policy` is GetBucketPolicy. */
const BUCKET = {
  '': { GET: 'ListObjects', HEAD: 'HeadBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket' },
  'list-type': { GET: 'ListObjectsV2' },
  versions: { GET: 'ListObjectVersions' },
  uploads: { GET: 'ListMultipartUploads' },
  delete: { POST: 'DeleteObjects' },
  session: { GET: 'CreateSession' },
  location: { GET: 'GetBucketLocation' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  policy: crud('BucketPolicy'),
  cors: crud('BucketCors'),
  website: crud('BucketWebsite'),
  tagging: crud('BucketTagging'),
  encryption: crud('BucketEncryption'),
  publicAccessBlock: crud('PublicAccessBlock'),
  'object-lock': { GET: 'GetObjectLockConfiguration', PUT: 'PutObjectLockConfiguration' },
} as const

const OBJECT = {
  '': { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' },
  uploads: { POST: 'CreateMultipartUpload' },
  uploadId: {
    GET: 'ListParts',
    PUT: 'UploadPart',
    POST: 'CompleteMultipartUpload',
    DELETE: 'AbortMultipartUpload',
  },
  attributes: { GET: 'GetObjectAttributes' },
  tagging: crud('ObjectTagging'),
  retention: { GET: 'GetObjectRetention', PUT: 'PutObjectRetention' },
  renameObject: { PUT: 'RenameObject' },
  annotation: crud('ObjectAnnotation'),
} as const

/** Operations that are not identified by sub-resource and method alone. */
const OTHERS = [
  'CopyObject',
  'UploadPartCopy',
  'ListObjectAnnotations',
  'ListBuckets',
  'ListDirectoryBuckets',
  'Preflight',
] as const

type Named<T> = { [Sub in keyof T]: T[Sub][keyof T[Sub]] }[keyof T]

/** The supported operations, by their names in the SDK. */
export type OperationName = Named<typeof BUCKET> | Named<typeof OBJECT> | (typeof OTHERS)[number]

export const OPERATIONS: readonly OperationName[] = [
  ...[BUCKET, OBJECT].flatMap((table) => Object.values(table).flatMap((methods) => Object.values(methods))),
  ...OTHERS,
] as OperationName[]

/**
 * Unsupported sub-resources. A request for one of them must not be treated as a request for the bucket or object
 * itself.
 */
const UNKNOWN =
  /^(accelerate|acl|analytics|intelligent-tiering|inventory|legal-hold|lifecycle|logging|metadata\w+|metrics|notification|ownershipControls|policyStatus|replication|requestPayment|restore|select|torrent|abac|encryption)$/

/** Determines the operation of a request. Returns undefined if the store does not support the operation. */
export function operationOf(
  method: string,
  bucket: string,
  key: string | undefined,
  query: ReadonlyMap<string, string>,
  headers: Readonly<Record<string, string>>,
): OperationName | undefined {
  if (method === 'OPTIONS') return 'Preflight'
  if (bucket === '') {
    if (method !== 'GET') return undefined
    const isOfDirectories =
      query.get('x-id') === 'ListDirectoryBuckets' || /^s3express-control[.-]/.test(headers.host ?? '')
    return isOfDirectories ? 'ListDirectoryBuckets' : 'ListBuckets'
  }
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = key === undefined ? BUCKET : OBJECT
  const sub = [...query.keys()].find((name) => name !== '' && Object.hasOwn(table, name))
  if (sub === undefined && [...query.keys()].some((name) => UNKNOWN.test(name))) return undefined
  const named = table[sub ?? '']?.[method]
  if (named === 'PutObject' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject'
  if (named === 'UploadPart' && headers['x-amz-copy-source'] !== undefined) return 'UploadPartCopy'
  if (named === 'GetObjectAnnotation' && !query.has('annotationName')) return 'ListObjectAnnotations'
  return named as OperationName | undefined
}
