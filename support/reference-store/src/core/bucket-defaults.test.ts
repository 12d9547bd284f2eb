import { describe, expect, test } from 'vitest'
import { failureOf, insideOf, newBucket } from '../../test/context.ts'
import { kmsKeyOf } from './encryption.ts'
import { HANDLERS } from './handlers.ts'

describe('the default encryption of a bucket', () => {
  const encrypted = (algorithm: string, more = '', rule = '') =>
    `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm>${more}</ApplyServerSideEncryptionByDefault>${rule}</Rule></ServerSideEncryptionConfiguration>`
  const DEFAULT =
    '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>'

  test('The default encryption is SSE-S3 until a configuration is set, and again after it has been deleted', () => {
    const { send, bucket } = newBucket()
    expect(insideOf(send(HANDLERS.GetBucketEncryption))).toBe(DEFAULT)
    send(
      HANDLERS.PutBucketEncryption,
      encrypted('aws:kms', '<KMSMasterKeyID>id</KMSMasterKeyID>', '<BucketKeyEnabled>true</BucketKeyEnabled>'),
    )
    expect(bucket.encryption).toEqual({
      kind: 'aws:kms',
      keyId: 'arn:aws:kms:us-east-1:000000000000:key/id',
      bucketKey: true,
    })
    expect(insideOf(send(HANDLERS.GetBucketEncryption))).toContain(
      '<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>id</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled>',
    )
    expect(send(HANDLERS.DeleteBucketEncryption).status).toBe(204)
    expect(bucket.encryption).toBeUndefined()
    expect(insideOf(send(HANDLERS.GetBucketEncryption))).toBe(DEFAULT)
  })

  test('GetBucketEncryption returns the blocked encryption types', () => {
    const { send, bucket } = newBucket()
    const none = '<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>'
    send(HANDLERS.PutBucketEncryption, encrypted('AES256', '', none))
    expect(insideOf(send(HANDLERS.GetBucketEncryption))).toContain(none)
    expect(bucket.encryption).toEqual({ kind: 'AES256' })
  })

  test('PutBucketEncryption fails with 400 unless it has exactly one rule with a valid algorithm, and for a KMS key with AES256', () => {
    const { send } = newBucket()
    const [one = ''] = /<Rule>.*<\/Rule>/.exec(encrypted('AES256')) ?? []
    for (const body of [
      encrypted('AES128'),
      encrypted('AES256').replace(one, ''),
      encrypted('AES256').replace(one, one + one),
    ]) {
      expect(failureOf(() => send(HANDLERS.PutBucketEncryption, body))).toMatchObject({
        status: 400,
        code: 'MalformedXML',
      })
    }
    const withKey = encrypted('AES256', '<KMSMasterKeyID>id</KMSMasterKeyID>')
    expect(failureOf(() => send(HANDLERS.PutBucketEncryption, withKey))).toMatchObject({ code: 'InvalidArgument' })
  })

  test.each([
    [undefined, 'arn:aws:kms:eu-west-1:000000000000:key/aws-s3'],
    ['alias/a', 'arn:aws:kms:eu-west-1:000000000000:alias/a'],
    ['arn:aws:kms:us-east-1:1:key/a', 'arn:aws:kms:us-east-1:1:key/a'],
  ])('The KMS key %s has the ARN %s in eu-west-1', (key, arn) => {
    expect(kmsKeyOf(key, 'eu-west-1')).toBe(arn)
  })
})

describe('Object Lock of a bucket', () => {
  const LOCK = { 'x-amz-bucket-object-lock-enabled': 'true' }
  const locked = (retention: string) =>
    `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>${retention}</DefaultRetention></Rule></ObjectLockConfiguration>`

  test('GetObjectLockConfiguration returns the default retention', () => {
    const { send, bucket } = newBucket(LOCK)
    expect(insideOf(send(HANDLERS.GetObjectLockConfiguration))).toBe('<ObjectLockEnabled>Enabled</ObjectLockEnabled>')
    const retention = '<Mode>GOVERNANCE</Mode><Years>2</Years>'
    expect(send(HANDLERS.PutObjectLockConfiguration, locked(retention)).status).toBe(200)
    expect(insideOf(send(HANDLERS.GetObjectLockConfiguration))).toContain(
      `<DefaultRetention>${retention}</DefaultRetention>`,
    )
    expect(bucket.objectLock).toEqual({ mode: 'GOVERNANCE', days: 730 })
    send(
      HANDLERS.PutObjectLockConfiguration,
      '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
    )
    expect(bucket.objectLock).toEqual({})
  })

  test('GetObjectLockConfiguration fails with 404 without a configuration, and PutObjectLockConfiguration with 409 without versioning', () => {
    const { send } = newBucket()
    expect(failureOf(() => send(HANDLERS.GetObjectLockConfiguration))).toMatchObject({
      status: 404,
      code: 'ObjectLockConfigurationNotFoundError',
      elements: { BucketName: 'bucket' },
    })
    const body = locked('<Mode>GOVERNANCE</Mode><Days>1</Days>')
    expect(failureOf(() => send(HANDLERS.PutObjectLockConfiguration, body))).toMatchObject({
      status: 409,
      code: 'InvalidBucketState',
    })
  })

  test.each([
    ['<ObjectLockConfiguration/>', 'MalformedXML'],
    [locked(''), 'MalformedXML'],
    [locked('<Mode>GOVERNANCE</Mode>'), 'MalformedXML'],
    [locked('<Mode>BAD</Mode><Days>1</Days>'), 'MalformedXML'],
    [locked('<Mode>COMPLIANCE</Mode><Days>1</Days><Years>1</Years>'), 'MalformedXML'],
    [locked('<Mode>COMPLIANCE</Mode><Days>0</Days>'), 'InvalidArgument'],
  ])('PutObjectLockConfiguration fails with 400 for %s', (body, code) => {
    const { send } = newBucket(LOCK)
    expect(failureOf(() => send(HANDLERS.PutObjectLockConfiguration, body))).toMatchObject({ status: 400, code })
  })
})
