import { createHash, randomBytes } from 'node:crypto'
import { S3Error } from './message.ts'
import type { Encryption, StoredBucket } from './stored.ts'

type Headers = Readonly<Record<string, string>>

const SSE = 'x-amz-server-side-encryption'
const CUSTOMER = `${SSE}-customer`

/**
 * How an object is encrypted that a request writes: by its headers, otherwise as the bucket has it.
 * @throws S3Error 400 for headers that do not fit together
 */
export function encryptionOf(headers: Headers, bucket: StoredBucket): Encryption {
  const customer = customerKey(headers)
  if (customer) return { kind: 'customer', keyMd5: customer }
  const kind = headers[SSE]
  if (kind === undefined) return bucket.encryption ?? { kind: 'AES256' }
  if (kind === 'AES256') return { kind }
  if (kind !== 'aws:kms' && kind !== 'aws:kms:dsse') {
    throw new S3Error(400, 'InvalidArgument', 'The encryption method specified is not supported', {
      elements: { ArgumentName: SSE, ArgumentValue: kind },
    })
  }
  const bucketKey = headers[`${SSE}-bucket-key-enabled`] === 'true'
  return { kind, keyId: kmsKeyOf(headers[`${SSE}-aws-kms-key-id`], bucket.region), ...(bucketKey && { bucketKey }) }
}

/**
 * The ARN of a KMS key, as Amazon S3 returns it.
 * @param key an id, an alias or an ARN; absent: the key that S3 has of its own
 */
export function kmsKeyOf(key: string | undefined, region: string): string {
  if (key?.startsWith('arn:')) return key
  const name = key === undefined || key === '' ? 'key/aws-s3' : key.startsWith('alias/') ? key : `key/${key}`
  return `arn:aws:kms:${region}:000000000000:${name}`
}

/** The MD5 of the customer-provided key that a request sends; undefined if it sends none. */
function customerKey(headers: Headers, prefix = CUSTOMER): string | undefined {
  const [algorithm, key, md5] = ['algorithm', 'key', 'key-md5'].map((name) => headers[`${prefix}-${name}`])
  if ((algorithm ?? key ?? md5) === undefined) return undefined
  const invalid = (message: string, name: string) =>
    new S3Error(400, 'InvalidArgument', message, { elements: { ArgumentName: `${prefix}-${name}` } })
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
 * Checks that a request has the key to an object that is encrypted with a customer-provided key.
 * @param from `source`: the headers are those on the source of a copy
 * @throws S3Error 400 InvalidRequest without the key, or with a key to an object that has none; 403 for another key
 */
export function checkKey(encryption: Encryption, headers: Headers, from?: 'source'): void {
  const prefix = from === 'source' ? `x-amz-copy-source-server-side-encryption-customer` : CUSTOMER
  const sent = customerKey(headers, prefix)
  if (encryption.kind !== 'customer') {
    if (sent === undefined) return
    throw new S3Error(400, 'InvalidRequest', 'The encryption parameters are not applicable to this object.')
  }
  if (sent === undefined) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    )
  }
  if (sent !== encryption.keyMd5) throw new S3Error(403, 'AccessDenied')
}

/** The headers that tell of an object's encryption. */
export function encryptionHeaders(encryption: Encryption): Record<string, string> {
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
 * The ETag of an object, with its quotes: an MD5 only if it is encrypted with SSE-S3 in a general purpose bucket
 * (P27, S24, E17).
 * @param md5 computes it, in lower-case hex, with the number of parts behind it for a multipart object
 */
export function etagOf(bucket: StoredBucket, { kind }: Encryption, md5: () => string): string {
  if (kind === 'AES256' && !bucket.isDirectory) return `"${md5()}"`
  const [, parts = ''] = /(-\d+)?$/.exec(md5()) ?? []
  return `"${randomBytes(16).toString('hex')}${parts}"`
}
