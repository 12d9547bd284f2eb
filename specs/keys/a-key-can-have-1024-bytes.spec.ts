import { CopyObjectCommand, DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/keys'

describe('A key can be 1,024 bytes long', docs('object-keys', { severity: 'data' }), () => {
  test(
    'PutObject with If-None-Match: * succeeds once for each of two 1,024-byte keys that differ only in their last byte',
    evidence(facts.K01, facts.P01, facts.P02),
    async ({ s3, longKeyWith }) => {
      const [key, otherKey] = [longKeyWith('a'), longKeyWith('b')]

      const first = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await expect(first).toReturnStatus(200)
      const second = s3.send(new PutObjectCommand({ ...otherKey, Body: 'second', IfNoneMatch: '*' }))
      await expect(second).toReturnStatus(200)
      const third = s3.send(new PutObjectCommand({ ...key, Body: 'third', IfNoneMatch: '*' }))
      await expect(third).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody('first')
      await expect(otherKey).toHaveBody('second')
    },
  )

  test('ListObjectsV2 returns a 1,024-byte key', evidence(facts.K01, facts.P01), async ({ s3, longKeyWith }) => {
    const key = longKeyWith('a')
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: key.Key }))

    expect(Contents.map(({ Key }) => Key)).toEqual([key.Key])
  })

  test(
    'CopyObject with If-None-Match: * succeeds only once for a 1,024-byte destination key',
    evidence(facts.K01, facts.D01, facts.D02),
    async ({ s3, longKeyWith, sharedObject }) => {
      const key = longKeyWith('a')

      const first = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))
      await expect(first).toReturnStatus(200)
      const second = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, IfNoneMatch: '*' }))
      await expect(second).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody(sharedObject.body)
    },
  )

  test(
    'PutObject with If-None-Match: * succeeds for a 1,024-byte key after the object is deleted',
    evidence(facts.K01, facts.P01, facts.P03),
    async ({ s3, longKeyWith }) => {
      const key = longKeyWith('a')
      await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await s3.send(new DeleteObjectCommand(key))
      await expect(key).toHaveNoObject()
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))
      await expect(write).toReturnStatus(200)
      await expect(key).toHaveBody('second')
    },
  )
})
