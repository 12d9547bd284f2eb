import { createHash, randomBytes } from 'node:crypto'
import { type Headers, S3Error } from './message.ts'
import type { Encryption, StoredBucket } from './stored.ts'
import { ACCOUNT, invalidArgument, invalidRequest } from './values.ts'

const SSE = 'x-amz-server-side-encryption'
const CUSTOMER = `${SSE}-customer`

/**
 * Returns the encryption settings for a new object: those in the request headers or, if there are none, the bucket's
 * default.
 * @throws S3Error 400 for inconsistent headers
 */
export function encryptionOf(headers: Headers, bucket: StoredBucket): Encryption {
  const customer = customerKey(headers)
  if (customer) return { kind: 'customer', keyMd5: customer }
  const kind = headers[SSE]
  if (kind === undefined) return bucket.encryption ?? { kind: 'AES256' }
  if (kind === 'AES256') return { kind }
  if (kind !== 'aws:kms' && kind !== 'aws:kms:dsse') {
    throw invalidArgument('The encryption method specified is not supported', SSE, kind)
  }
  const bucketKey = headers[`${SSE}-bucket-key-enabled`] === 'true'
  return { kind, keyId: kmsKeyOf(headers[`${SSE}-aws-kms-key-id`], bucket.region), bucketKey }
}

/**
 * Returns the ARN of a KMS key.
 * @param key an id, an alias or an ARN; default: the AWS managed key for S3
 */
export function kmsKeyOf(key: string | undefined, region: string): string {
  if (key?.startsWith('arn:')) return key
  const name = key === undefined || key === '' ? 'key/aws-s3' : key.startsWith('alias/') ? key : `key/${key}`
  return `arn:aws:kms:${region}:${ACCOUNT}:${name}`
}

/** Returns the MD5 of a request's customer-provided key; undefined if the request has no such key. */
function customerKey(headers: Headers, prefix = CUSTOMER): string | undefined {
  const [algorithm, key, md5] = ['algorithm', 'key', 'key-md5'].map((name) => headers[`${prefix}-${name}`])
  if ((algorithm ?? key ?? md5) === undefined) return undefined
  const invalid = (message: string, name: string) => invalidArgument(message, `${prefix}-${name}`)
  if (algorithm !== 'AES256') {
    throw invalid(
      'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
      'algorithm',
    )
  }
  if (key === undefined) {
    throw invalid(
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
      'key',
    )
  }
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32) throw invalid('The secret key was invalid for the specified algorithm.', 'key')
  const calculated = createHash('md5').update(bytes).digest('base64')
  if (md5 !== undefined && md5 !== calculated) {
    throw invalid('The calculated MD5 hash of the key did not match the hash that was provided.', 'key-md5')
  }
  return calculated
}

/**
 * Checks that a request has the same customer-provided key as an object, or that neither has one.
 * @param from `source` to check the key of a copy source, which is sent in separate headers
 * @throws S3Error 400 InvalidRequest for a missing or unexpected key; 403 for a different key
 */
export function checkKey(encryption: Encryption, headers: Headers, from?: 'source'): void {
  const prefix = from === 'source' ? 'x-amz-copy-source-server-side-encryption-customer' : CUSTOMER
  const sent = customerKey(headers, prefix)
  if (encryption.kind !== 'customer') {
    if (sent === undefined) return
    throw invalidRequest('The encryption parameters are not applicable to this object.')
  }
  if (sent === undefined) {
    throw invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    )
  }
  if (sent !== encryption.keyMd5) throw new S3Error(403, 'AccessDenied')
}

export function encryptionHeaders(encryption: Encryption): Headers {
  if (encryption.kind === 'customer') {
    return { [`${CUSTOMER}-algorithm`]: 'AES256', [`${CUSTOMER}-key-MD5`]: encryption.keyMd5 }
  }
  if (encryption.kind === 'AES256') return { [SSE]: 'AES256' }
  return {
    [SSE]: encryption.kind,
    [`${SSE}-aws-kms-key-id`]: encryption.keyId,
    ...(encryption.bucketKey && { [`${SSE}-bucket-key-enabled`]: 'true' }),
  }
}

/**
 * Returns the ETag of an object, including the quotes. The ETag is the MD5 only if the object is in a general
 * purpose bucket and is encrypted with SSE-S3 (P27, S24, E17).
 * @param md5 returns the MD5 in lower-case hex, followed by a suffix such as `-3` for a multipart object
 */
export function etagOf(bucket: StoredBucket, { kind }: Encryption, md5: () => string): string {
  if (kind === 'AES256' && !bucket.isDirectory) return `"${md5()}"`
  const [, parts = ''] = /(-\d+)?$/.exec(md5()) ?? []
  return `"${randomBytes(16).toString('hex')}${parts}"`
}
