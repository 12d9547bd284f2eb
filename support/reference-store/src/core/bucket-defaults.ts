// What a bucket gives to objects that say nothing themselves: encryption and retention.
import { bucketOf, type Context } from './context.ts'
import { kmsKeyOf } from './encryption.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond, respondXml } from './respond.ts'
import { contentOf, generalBucket, keep, returned } from './settings.ts'
import type { Encryption } from './stored.ts'
import { invalidArgument } from './values.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

const ENCRYPTION_ROOT = 'ServerSideEncryptionConfiguration'

/** GetBucketEncryption: SSE-S3 if nothing was put. @throws S3Error 404 NoSuchBucket */
export function getBucketEncryption(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const text = bucket.settings.get('encryption')
  const root = text === undefined ? undefined : readXml(Buffer.from(text), ENCRYPTION_ROOT)
  const [rule] = root ? allOf(root, 'Rule') : []
  const isComplete = (name: string) => rule?.children.some((child) => child.name === name)
  const Rule = [
    isComplete('ApplyServerSideEncryptionByDefault')
      ? ''
      : { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    rule ? contentOf(rule) : '',
    isComplete('BucketKeyEnabled') ? '' : { BucketKeyEnabled: false },
  ]
  return respondXml(200, ENCRYPTION_ROOT, { Rule: [Rule] })
}

/**
 * PutBucketEncryption. That a bucket blocks a kind of encryption is kept and returned, and blocks nothing.
 * @throws S3Error 404 NoSuchBucket; 400 MalformedXML, or InvalidArgument for a KMS key beside another algorithm
 */
export function putBucketEncryption(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const root = readXml(context.sent.body, ENCRYPTION_ROOT)
  const [rule, another] = allOf(root, 'Rule')
  if (!rule || another) throw malformed()
  const [byDefault] = allOf(rule, 'ApplyServerSideEncryptionByDefault')
  const isBucketKey = textOf(rule, 'BucketKeyEnabled') === 'true'
  const encryption = byDefault ? encryptionOf(byDefault, bucket.region, isBucketKey) : ({ kind: 'AES256' } as const)
  bucket.encryption = encryption
  keep(bucket, 'encryption', root)
  return respond(200)
}

function encryptionOf(byDefault: XmlElement, region: string, isBucketKey: boolean): Encryption {
  const kind = textOf(byDefault, 'SSEAlgorithm')
  const key = textOf(byDefault, 'KMSMasterKeyID')
  if (kind !== 'AES256' && kind !== 'aws:kms' && kind !== 'aws:kms:dsse') throw malformed()
  if (kind !== 'AES256') return { kind, keyId: kmsKeyOf(key, region), ...(isBucketKey && { bucketKey: true }) }
  if (key === undefined) return { kind }
  const message = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse'
  throw invalidArgument(message, 'ApplyServerSideEncryptionByDefault')
}

/** DeleteBucketEncryption: back to SSE-S3. @throws S3Error 404 NoSuchBucket */
export function deleteBucketEncryption(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  bucket.settings.delete('encryption')
  bucket.encryption = undefined
  return respond(204)
}

const LOCK_ROOT = 'ObjectLockConfiguration'

/** GetObjectLockConfiguration. @throws S3Error 404 NoSuchBucket or ObjectLockConfigurationNotFoundError */
export function getObjectLockConfiguration(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  if (bucket.objectLock && !bucket.settings.has('object-lock')) {
    return respondXml(200, LOCK_ROOT, { ObjectLockEnabled: 'Enabled' })
  }
  return returned(bucket, 'object-lock', LOCK_ROOT, 'ObjectLockConfigurationNotFoundError')
}

const DAYS_OF_YEAR = 365

/**
 * PutObjectLockConfiguration: enables Object Lock, with or without a default retention.
 * @throws S3Error 404 NoSuchBucket; 400 MalformedXML, or InvalidArgument for a period that is not positive; 409
 * InvalidBucketState without versioning
 */
export function putObjectLockConfiguration(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  const root = readXml(context.sent.body, LOCK_ROOT)
  if (textOf(root, 'ObjectLockEnabled') !== 'Enabled') throw malformed()
  const [rule] = allOf(root, 'Rule')
  const lock = rule ? retentionOf(rule) : {}
  if (bucket.versioning !== 'enabled') {
    const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
    throw new S3Error(409, 'InvalidBucketState', message)
  }
  bucket.objectLock = lock
  keep(bucket, 'object-lock', root)
  return respond(200)
}

function retentionOf(rule: XmlElement): { mode: string; days: number } {
  const [retention] = allOf(rule, 'DefaultRetention')
  const mode = retention && textOf(retention, 'Mode')
  const days = retention && textOf(retention, 'Days')
  const years = retention && textOf(retention, 'Years')
  if ((mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') || (days === undefined) === (years === undefined))
    throw malformed()
  const period = days ?? years ?? ''
  if (!/^-?\d+$/.test(period)) throw malformed()
  if (Number(period) < 1)
    throw invalidArgument('Default retention period must be a positive integer value', 'Days', period)
  return { mode, days: days === undefined ? Number(years) * DAYS_OF_YEAR : Number(days) }
}
