import { CopyObjectCommand, DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A key can have 1,024 bytes', docs('object-keys', { severity: 'data' }), () => {
  test(
    'PutObject with If-None-Match: * succeeds once for each of two keys of 1,024 bytes that differ in the last one',
    evidence(facts.K01, facts.P01, facts.P02),
    async ({ s3, longKeyWith }) => {
      const [key, otherKey] = [longKeyWith('a'), longKeyWith('b')]

      const first = s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await expect(first).toBeAnswered('200')
      const second = s3.send(new PutObjectCommand({ ...otherKey, Body: 'second', IfNoneMatch: '*' }))
      await expect(second).toBeAnswered('200')
      const third = s3.send(new PutObjectCommand({ ...key, Body: 'third', IfNoneMatch: '*' }))
      await expect(third).toBeRefused(412, 'PreconditionFailed')

      await expect(key).toHoldObject('first')
      await expect(otherKey).toHoldObject('second')
    },
  )

  test('ListObjectsV2 returns a key of 1,024 bytes', evidence(facts.K01, facts.P01), async ({ s3, longKeyWith }) => {
    const key = longKeyWith('a')
    await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))

    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: key.Key }))

    expect(Contents.map(({ Key }) => Key)).toEqual([key.Key])
  })

  test(
    'CopyObject with If-None-Match: * succeeds once for a key of 1,024 bytes',
    evidence(facts.K01, facts.D01, facts.D02),
    async ({ s3, longKeyWith, object }) => {
      const key = longKeyWith('a')

      const first = s3.send(new CopyObjectCommand({ ...key, ...object.source, IfNoneMatch: '*' }))
      await expect(first).toBeAnswered('200')
      const second = s3.send(new CopyObjectCommand({ ...key, ...object.source, IfNoneMatch: '*' }))
      await expect(second).toBeRefused(412, 'PreconditionFailed')

      await expect(key).toHoldObject(object.body)
    },
  )

  test(
    'PutObject with If-None-Match: * succeeds again after DeleteObject of a key of 1,024 bytes',
    evidence(facts.K01, facts.P01, facts.P03),
    async ({ s3, longKeyWith }) => {
      const key = longKeyWith('a')
      await s3.send(new PutObjectCommand({ ...key, Body: 'first', IfNoneMatch: '*' }))
      await s3.send(new DeleteObjectCommand(key))
      await expect(key).toHoldNothing()
      const write = s3.send(new PutObjectCommand({ ...key, Body: 'second', IfNoneMatch: '*' }))
      await expect(write).toBeAnswered('200')
      await expect(key).toHoldObject('second')
    },
  )
})
