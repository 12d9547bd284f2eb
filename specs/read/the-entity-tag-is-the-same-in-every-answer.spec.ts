import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, test } from '../../support/test'

describe('The entity tag is the same in every answer, quotes included', guide('conditional-requests'), () => {
  test('is given by PutObject as the MD5 of the bytes, in quotes', evidence('S16', 'S22'), async ({ s3, key }) => {
    const put = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))

    expect(put.ETag).toBeETagOf('first')
  })

  test('is repeated by HeadObject, GetObject and ListObjectsV2', evidence('S16'), async ({ s3, key }) => {
    const put = await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))
    const head = await s3.send(new HeadObjectCommand(key))
    const get = await s3.send(new GetObjectCommand(key))
    const list = await s3.send(new ListObjectsV2Command({ Bucket: key.Bucket, Prefix: key.Key }))

    expect(head.ETag).toBe(put.ETag)
    expect(get.ETag).toBe(put.ETag)
    expect(list.Contents?.map(({ ETag }) => ETag)).toEqual([put.ETag])
  })

  test(
    'is, taken from a listing, what If-Match and If-None-Match compare with',
    evidence('R01', 'R06', 'S16'),
    async ({ s3, sharedObject }) => {
      const { Bucket, Key } = sharedObject.address
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))

      const read = await s3.send(new GetObjectCommand({ ...sharedObject.address, IfMatch: Contents?.[0]?.ETag }))
      const readAgain = s3.send(new GetObjectCommand({ ...sharedObject.address, IfNoneMatch: Contents?.[0]?.ETag }))

      expect(read.ETag).toBe(sharedObject.ETag)
      await expect(readAgain).toBeNotModified()
    },
  )
})
