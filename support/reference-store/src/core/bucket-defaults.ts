// The bucket settings that apply to new objects: default encryption and default retention.
import { kmsKeyOf } from './encryption.ts'
import { S3Error } from './message.ts'
import type { Xml } from './respond.ts'
import { isMode } from './retention.ts'
import { contentOf, type Setting } from './settings.ts'
import type { Encryption } from './stored.ts'
import { invalidArgument } from './values.ts'
import { allOf, malformed, textOf, type XmlElement } from './xml.ts'

/** The elements that Amazon S3 adds to an encryption rule if the request omits them. */
const ENCRYPTED: Readonly<Record<string, Xml>> = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
  BucketKeyEnabled: false,
}

/**
 * A bucket's default encryption. The list of blocked encryption types is stored and returned, but not enforced. PUT
 * fails with 400 MalformedXML for an invalid document. It fails with 400 InvalidArgument if the document combines the
 * algorithm AES256 with a KMS key id.
 */
export const ENCRYPTION: Setting = {
  name: 'encryption',
  root: 'ServerSideEncryptionConfiguration',
  isForDirectories: true,
  unset: () => ({ Rule: ENCRYPTED }),
  apply(bucket, root) {
    if (!root) {
      bucket.encryption = undefined
      return undefined
    }
    const [rule, another] = allOf(root, 'Rule')
    if (!rule || another) throw malformed()
    const [byDefault] = allOf(rule, 'ApplyServerSideEncryptionByDefault')
    const bucketKey = textOf(rule, 'BucketKeyEnabled') === 'true'
    bucket.encryption = byDefault ? encryptionIn(byDefault, bucket.region, bucketKey) : { kind: 'AES256' }
    const sent = Object.fromEntries(rule.children.map((child) => [child.name, [contentOf(child)]]))
    return { Rule: { ...ENCRYPTED, ...sent } }
  },
}

function encryptionIn(byDefault: XmlElement, region: string, bucketKey: boolean): Encryption {
  const kind = textOf(byDefault, 'SSEAlgorithm')
  const key = textOf(byDefault, 'KMSMasterKeyID')
  if (kind === 'aws:kms' || kind === 'aws:kms:dsse') {
    return { kind, keyId: kmsKeyOf(key, region), bucketKey }
  }
  if (kind !== 'AES256') throw malformed()
  if (key === undefined) return { kind }
  const message = 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse'
  throw invalidArgument(message, 'ApplyServerSideEncryptionByDefault')
}

/**
 * A bucket's Object Lock configuration, which can include a default retention. PUT fails with 400 MalformedXML for an
 * invalid document, with 400 InvalidArgument for a retention period that is not positive, or with 409
 * InvalidBucketState if versioning is not enabled.
 */
export const OBJECT_LOCK: Setting = {
  name: 'object-lock',
  root: 'ObjectLockConfiguration',
  missing: 'ObjectLockConfigurationNotFoundError',
  unset: ({ objectLock }) => objectLock && { ObjectLockEnabled: 'Enabled' },
  apply(bucket, root) {
    if (!root || textOf(root, 'ObjectLockEnabled') !== 'Enabled') throw malformed()
    const [rule] = allOf(root, 'Rule')
    const lock = rule ? retentionIn(rule) : {}
    if (bucket.versioning !== 'enabled') {
      const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
      throw new S3Error(409, 'InvalidBucketState', message)
    }
    bucket.objectLock = lock
  },
}

const DAYS_OF_YEAR = 365

function retentionIn(rule: XmlElement): { mode: string; days: number } {
  const [mode, days, years] = ['Mode', 'Days', 'Years'].map((name) => textOf(rule, 'DefaultRetention', name))
  const period = Number(days ?? years)
  const isOne = (days === undefined) !== (years === undefined)
  if (!isMode(mode) || !isOne || !Number.isInteger(period)) throw malformed()
  if (period < 1) throw invalidArgument('Default retention period must be a positive integer value', 'Days', days)
  return { mode, days: days === undefined ? period * DAYS_OF_YEAR : period }
}
